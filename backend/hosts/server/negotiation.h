#pragma once

#include <optional>
#include <string_view>

#include "backend/http/request.h"

namespace tms::hosts {

enum class ContentCoding { identity, gzip, br };

/// The coding to send, of those that are there: the one with the highest q-value, and of equals the
/// smallest (br, gzip, identity). No header, or nothing acceptable: identity (RFC 9110 section
/// 12.5.3).
ContentCoding choose_coding(const http::Request& request, bool has_br, bool has_gzip);

/// Whether the client takes HTML: no Accept header, or a range that covers text/html with a q-value
/// above 0.
bool accepts_html(const http::Request& request);

/// Whether If-None-Match names `etag` (weak comparison, RFC 9110 section 13.1.2).
bool matches_etag(const http::Request& request, std::string_view etag);

}  // namespace tms::hosts
