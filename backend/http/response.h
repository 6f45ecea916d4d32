#pragma once

#include <string>
#include <utility>
#include <vector>

namespace tms::http {

/// One answer as plain values; each host encodes it.
struct Response {
  int status = 200;
  /// Names as they go on the wire. Content-Length, Set-Cookie, the security headers and
  /// X-Request-Id are not among them: hosts and dispatcher add those.
  std::vector<std::pair<std::string, std::string>> headers;
  /// Whole Set-Cookie values; apart from `headers`, because Lambda encodes several of them its own way.
  std::vector<std::string> set_cookies;
  std::string body;

  /// `body` must be JSON text. Content-Type is application/json; charset=utf-8.
  static Response json(int status, std::string body);

  /// 204 without a body.
  static Response no_content();
};

}  // namespace tms::http
