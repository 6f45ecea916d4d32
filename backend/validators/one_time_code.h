#pragma once

#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// Eight digits once spaces and hyphens are taken out; anything else is a slip of the finger and
/// not counted as a try. Returns the digits.
Checked<std::string> check_one_time_code(std::string_view text, std::string_view field = "otp");

}  // namespace tms::validators
