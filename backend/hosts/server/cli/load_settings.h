#pragma once

#include <optional>

#include "backend/hosts/app/environment.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// The settings of this process, with what the command line says on top. Prints warnings and
/// mistakes to standard error, a line each; nothing when there are mistakes.
std::optional<Settings> load_settings(const Environment& from_command_line = {});

}  // namespace tms::hosts
