#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

inline constexpr std::size_t kMinUsername = 3;
inline constexpr std::size_t kMaxUsername = 32;

/// A user name as typed, and the form that is unique and counted by throttles.
struct Username {
  std::string text;
  std::string folded;
};

/// 3 to 32 of [A-Za-z0-9._-], not one of the reserved names: those that a reader could take for
/// the operator of the site, or that stand for a path or a mailbox of it (RFC 2142).
Checked<Username> check_username(std::string_view text, std::string_view field = "username");

}  // namespace tms::validators
