#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/http/request.h"

namespace tms::auth {

/// Reads and writes the one session cookie. Over https it is `__Host-tms_session` and Secure; the
/// development mode, plain http on loopback, drops both, because browsers refuse them there.
/// Always HttpOnly, SameSite=Strict, Path=/ and no Domain (ASVS 3.3.1 to 3.3.4).
class SessionCookie {
 public:
  enum class Mode { https, development };

  explicit SessionCookie(Mode mode) : mode_(mode) {}

  [[nodiscard]] std::string_view name() const;

  /// The token of the request, or nothing when the cookie is missing, empty or there twice.
  [[nodiscard]] std::optional<std::string_view> read(const http::Request& request) const;

  /// A Set-Cookie value that keeps `token` until `expires`.
  [[nodiscard]] std::string set(std::string_view token,
                                core::Timestamp now,
                                core::Timestamp expires) const;

  /// A Set-Cookie value that takes the cookie away.
  [[nodiscard]] std::string clear() const;

 private:
  [[nodiscard]] std::string write(std::string_view value, std::chrono::seconds age) const;

  Mode mode_;
};

}  // namespace tms::auth
