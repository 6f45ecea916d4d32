#pragma once

#include <string>
#include <string_view>

namespace tms::auth {

/// Whom throttles count as one source: an IPv4 address, or the /64 of an IPv6 address, because one
/// customer has that many (row 27 of the security checklist). IPv4 in IPv6 form counts as IPv4; what
/// is no address counts as itself.
std::string client_source(std::string_view address);

}  // namespace tms::auth
