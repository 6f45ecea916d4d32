#pragma once

#include "backend/http/request.h"

namespace tms::hosts {

/// Whether a body may be read as JSON: exactly one Content-Type, `application/json`, with no other
/// parameter than `charset=utf-8`, and no Content-Encoding (security checklist, row 45).
bool is_json_body(const http::Request& request);

}  // namespace tms::hosts
