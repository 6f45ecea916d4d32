#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "backend/core/result.h"

namespace tms::hosts {

/// Names and values of settings.
using Environment = std::map<std::string, std::string, std::less<>>;

/// Reads the text of a .env file: `NAME=value` a line, `#` comments, an `export ` in front, values
/// in single or double quotes. Error: malformed_request, naming the line, never its value.
core::Result<Environment> parse_env_file(std::string_view text);

/// The TMS_ variables of the process, and those of `.env` in the working directory that the process
/// does not have. The one place that reads the environment.
core::Result<Environment> read_environment();

}  // namespace tms::hosts
