#pragma once

#include <string>

#include "backend/hosts/server/cli/user_command.h"

namespace tms::hosts {

/// Reads one line. On a terminal it prompts, and what is typed does not show.
std::string read_hidden_line(Console& console, const std::string& prompt);

}  // namespace tms::hosts
