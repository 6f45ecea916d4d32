#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// RFC 5321 section 4.5.3.1: the local part and the whole path without its brackets.
inline constexpr std::size_t kMaxEmailLocalPart = 64;
inline constexpr std::size_t kMaxEmail = 254;

/// An address as typed, and the form that is unique and counted by throttles.
struct EmailAddress {
  std::string text;
  std::string folded;
};

/// ASCII only: a dot-atom of RFC 5322 (no quotes, no comments), @, and a host name with a dot
/// whose last label is no number. So it holds nothing that could end a header or an SMTP command.
Checked<EmailAddress> check_email_address(std::string_view text, std::string_view field = "email");

}  // namespace tms::validators
