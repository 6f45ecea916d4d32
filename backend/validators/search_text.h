#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

inline constexpr std::size_t kMaxSearchText = 200;

/// 1 to 200 code points, not trimmed, with no control character that a description cannot hold.
/// Returns the folded form, which may be empty (of a lone soft hyphen): it is part of every text.
Checked<std::string> check_search_text(std::string_view text, std::string_view field = "q");

}  // namespace tms::validators
