#pragma once

#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

inline constexpr int kDefaultLimit = 50;
inline constexpr int kMaxLimit = 200;

/// How many tasks a page holds: 1 to 200, plain digits without sign or leading zero.
Checked<int> check_limit(std::string_view text, std::string_view field = "limit");

}  // namespace tms::validators
