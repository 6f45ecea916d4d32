#pragma once

#include <filesystem>

#include "backend/hosts/app/settings.h"

namespace tms::tests {

/// Settings with which a server starts in `folder`: a free port, its data in `data`, a page of one line,
/// which is written here, and a log of errors alone.
hosts::Settings server_settings(const std::filesystem::path& folder);

}  // namespace tms::tests
