#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// NIST SP 800-63B-4 section 3.1.1.2 and ASVS 6.2.1, 6.2.9.
inline constexpr std::size_t kMinPasswordCodePoints = 8;
/// A bound on the work of normalising and hashing, far above any passphrase.
inline constexpr std::size_t kMaxPasswordBytes = 1024;

/// A password that is to be set: the NFKC form of 8 code points to 1,024 bytes without control
/// characters. Nothing else is asked of it here; whether it is a common one is another rule.
Checked<std::string> check_new_password(std::string_view text, std::string_view field = "password");

/// A password that is to be compared with a stored one: its NFKC form. Refuses the empty one and
/// what no stored password can be, before anything is hashed.
Checked<std::string> check_current_password(std::string_view text,
                                            std::string_view field = "password");

}  // namespace tms::validators
