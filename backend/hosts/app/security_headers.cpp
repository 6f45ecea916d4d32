#include "backend/hosts/app/security_headers.h"

#include <algorithm>

namespace tms::hosts {

void add_security_headers(http::Response& response, StrictTransport strict_transport) {
  const bool says_caching =
      std::any_of(response.headers.begin(), response.headers.end(),
                  [](const auto& header) { return header.first == "Cache-Control"; });
  // With these, X-Request-Id and Retry-After still to come.
  response.headers.reserve(response.headers.size() + kSecurityHeaders.size() + 4);
  if (!says_caching) response.headers.emplace_back("Cache-Control", "no-store");
  for (const HeaderValue& header : kSecurityHeaders) {
    response.headers.emplace_back(header.name, header.value);
  }
  if (strict_transport == StrictTransport::host) {
    response.headers.emplace_back("Strict-Transport-Security", kStrictTransport);
  } else if (strict_transport == StrictTransport::host_and_subdomains) {
    response.headers.emplace_back("Strict-Transport-Security", kStrictTransportWithSubdomains);
  }
}

}  // namespace tms::hosts
