#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "backend/core/error.h"

namespace tms::auth {

/// A password that is to be set (NFKC): length and characters by the validator, and not a common
/// one (ASVS 6.2.4). Needs no account, so it is asked first.
std::variant<std::string, core::FieldError> check_settable_password(std::string_view text,
                                                                    std::string_view field);

/// same_as_account when the password is the user name, the e-mail or its local part (ASVS 6.2.11).
std::optional<core::FieldError> check_not_account(std::string_view password,
                                                  std::string_view username,
                                                  std::string_view email,
                                                  std::string_view field);

}  // namespace tms::auth
