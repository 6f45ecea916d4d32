#pragma once

#include <string_view>

namespace tms::auth {

/// Whether a password (NFKC) is among the commonest ones, as typed or in lower case, or names this
/// product (ASVS 6.2.4, 6.2.11). The list is part of the program: 488,130 passwords of at least
/// eight characters as a Bloom filter; fewer than one other password in 1,000 is refused with them.
bool is_common_password(std::string_view password);

}  // namespace tms::auth
