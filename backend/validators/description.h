#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

inline constexpr std::size_t kMaxDescription = 2000;

/// What a task says, trimmed, and the form that is searched.
struct Description {
  std::string text;
  std::string folded;
};

/// 1 to 2,000 code points after trimming; line feeds and tabs are the only control characters.
/// Everything else stays as it was typed.
Checked<Description> check_description(std::string_view text,
                                       std::string_view field = "description");

}  // namespace tms::validators
