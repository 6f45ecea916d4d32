#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/core/clock.h"
#include "backend/http/method.h"

namespace tms::http {

using NameValue = std::pair<std::string, std::string>;

/// What a verified token claims. The session row is still to be checked, in the data statement.
struct Identity {
  std::string session_id;
  std::int64_t user_id = 0;
};

/// One request as plain values: no host's type inside. The host fills everything down to
/// `request_id`; the dispatcher adds the rest.
struct Request {
  Method method = Method::get;
  /// Percent-decoded once, valid UTF-8, starts with '/', without the prefix /api and the stage.
  std::string path;
  /// Percent-decoded, in the order of the request, repeated names kept.
  std::vector<NameValue> query;
  /// Names in lower case, values trimmed, in the order of the request.
  std::vector<NameValue> headers;
  std::string body;
  /// The address that throttles count: the peer or what a trusted proxy says. No port.
  std::string client_address;
  /// The host name the client used (for the origin check), as in the Host header.
  std::string host;
  core::Deadline deadline = core::Deadline::max();
  std::string request_id;

  /// What the route's `{name}` parts matched.
  std::vector<NameValue> path_parameters;
  std::optional<Identity> identity;

  /// The first header of that (lower-case) name.
  [[nodiscard]] std::optional<std::string_view> header(std::string_view name) const;
  [[nodiscard]] std::size_t count_headers(std::string_view name) const;

  /// The value of a path parameter; empty when the route has none of that name.
  [[nodiscard]] std::string_view path_parameter(std::string_view name) const;

  /// Every value of the named cookie, in order (RFC 6265 section 4.2). A session cookie that comes
  /// twice is refused by the caller.
  [[nodiscard]] std::vector<std::string_view> cookies(std::string_view name) const;
};

}  // namespace tms::http
