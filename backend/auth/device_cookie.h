#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/auth/key_ring.h"
#include "backend/auth/session_cookie.h"
#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/http/request.h"

namespace tms::auth {

/// The cookie by which a browser that has logged in to an account before is known, so that failures
/// of others cannot lock its owner out (row 26 of the security checklist; OWASP, "Slow Down Online
/// Guessing Attacks with Device Cookies"). It signs nobody in. Its value is `issued.device.mac`; the
/// MAC covers the account and the hash of its password, so that it speaks for that account alone,
/// names it to nobody, and is worth nothing once the password has changed. Nothing is stored. Safe
/// on many threads.
class DeviceCookie {
 public:
  using Mode = SessionCookie::Mode;

  /// How long a device is known without logging in again. Longer than a session, or the cookie
  /// would be gone whenever it is needed; browsers keep none longer than 400 days.
  static constexpr std::chrono::seconds kLife = std::chrono::hours(24 * 365);

  DeviceCookie(Mode mode, KeyRing keys, core::Random& random)
      : mode_(mode), keys_(std::move(keys)), random_(random) {}

  [[nodiscard]] std::string_view name() const;

  /// A Set-Cookie value that makes this browser known to `user`, whose hash is the one stored now.
  [[nodiscard]] std::string set(std::int64_t user_id,
                                std::string_view password_hash,
                                core::Timestamp now) const;

  /// The id of the device when the request carries exactly one cookie that `set` made for this very
  /// account and password, and that has not ended; for any other reason whatever nothing.
  [[nodiscard]] std::optional<std::string> read(const http::Request& request,
                                                const User& user,
                                                core::Timestamp now) const;

 private:
  Mode mode_;
  KeyRing keys_;
  core::Random& random_;
};

}  // namespace tms::auth
