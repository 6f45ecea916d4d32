#pragma once

#include <array>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/error.h"
#include "backend/core/random.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/app/security_headers.h"
#include "backend/http/handler.h"
#include "backend/http/request.h"
#include "backend/http/response.h"
#include "backend/http/route_table.h"

namespace tms::hosts {

/// The handler of an action, or null where this host does not have it.
using FindHandler = std::function<const http::Handler*(std::string_view action)>;

/// auth::TokenVerifier::verify: who the token speaks for, or nothing.
using VerifyToken =
    std::function<std::optional<http::Identity>(std::string_view token, core::Timestamp now)>;

struct DispatcherOptions {
  /// Scheme, host and port of TMS_PUBLIC_URL, such as https://tasks.example.
  std::string public_origin;
  /// `__Host-tms_session`, or `tms_session` in plain-http development.
  std::string cookie_name;
  StrictTransport strict_transport = StrictTransport::off;
};

/// What came of the checks that need no body.
struct Admission {
  /// Null when no route was found.
  const http::Route* route = nullptr;
  /// Set when the request ends here; complete, with all headers.
  std::optional<http::Response> refusal;
};

/// The way of a request, the same on the server and on Lambda: request id, route, size and type of
/// the body, origin, cookie, token, handler, security headers. Hosts that read the body late call
/// `begin`, `admit` and `handle`; `dispatch` is all three. Immutable; safe to use on many threads.
class Dispatcher {
 public:
  /// Asks `find_handler` for every route once, here.
  Dispatcher(const FindHandler& find_handler,
             VerifyToken verify_token,
             const core::Clock& clock,
             core::Random& random,
             EventLog& log,
             DispatcherOptions options);

  /// The whole way for a request whose body is there. Never throws.
  [[nodiscard]] http::Response dispatch(http::Request request) const;

  /// Gives the request its id.
  void begin(http::Request& request) const;

  /// Every check that comes before the handler. `body_size` is what the host knows before it reads:
  /// 0 without a body, nothing for a chunked one, whose size the host has to limit itself. Fills in
  /// path parameters and identity.
  [[nodiscard]] Admission admit(http::Request& request,
                                std::optional<std::uint64_t> body_size) const;

  /// The route's cost, or heavy when the handler may hash a password for this request.
  [[nodiscard]] http::Cost cost(const http::Route& route, const http::Request& request) const;

  /// Runs the handler of an admitted request and finishes its response. Never throws.
  [[nodiscard]] http::Response handle(const http::Route& route,
                                      const http::Request& request) const noexcept;

  /// The finished answer for what the host itself refuses (unreadable, too large, overloaded).
  [[nodiscard]] http::Response refuse(const core::Error& error, const http::Request& request) const;

  /// The finished answer for what was thrown: 503 for a database that cannot be used, else one 500
  /// whose cause goes to the log alone. `route`, where one is known, adds what is its handler's.
  [[nodiscard]] http::Response fail(const std::exception_ptr& cause,
                                    const http::Request& request,
                                    const http::Route* route = nullptr) const;

  /// Adds the security headers, X-Request-Id and, to 429 and 503, a Retry-After where none is.
  void finish(http::Response& response, const http::Request& request) const;

 private:
  [[nodiscard]] std::optional<core::Error> check_session(http::Access access,
                                                         http::Request& request) const;

  std::array<const http::Handler*, http::kRouteTable.size()> handlers_{};
  VerifyToken verify_token_;
  const core::Clock& clock_;
  core::Random& random_;
  EventLog& log_;
  DispatcherOptions options_;
};

}  // namespace tms::hosts
