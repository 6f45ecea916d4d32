#pragma once

#include <string>
#include <vector>

#include "backend/core/clock.h"

namespace tms::db::postgres {

/// The numeric addresses of a host name. libpq would resolve it without any limit of time. Throws
/// Unavailable when the name is unknown or `deadline` passes.
std::vector<std::string> resolve_host(const std::string& host, core::Deadline deadline);

/// An IPv4 or IPv6 address in digits, which needs no resolving.
bool is_numeric_address(const std::string& host);

}  // namespace tms::db::postgres
