#pragma once

#include <string_view>

#include "backend/http/request.h"

namespace tms::hosts {

/// Whether a request that may write comes from our own page or from no browser at all (security
/// checklist, row 44; Go's CrossOriginProtection works the same way): `Sec-Fetch-Site` must be
/// `same-origin`; without it `Origin` must be `public_origin` or this scheme with the request's
/// host; both missing is no browser. A header that comes twice is refused. Safe methods pass.
bool is_same_origin(const http::Request& request, std::string_view public_origin);

}  // namespace tms::hosts
