#pragma once

#include <cstdint>
#include <string>

#include "backend/auth/session_check.h"
#include "backend/auth/session_cookie.h"
#include "backend/auth/token.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/http/request.h"

namespace tms::auth {

/// Starts sessions: the one place where tokens are made, held by `login` and `verify_otp` alone.
/// Safe on many threads.
class SignIn {
 public:
  struct Dependencies {
    const TokenIssuer& issuer;
    const TokenVerifier& verifier;
    const SessionCookie& cookie;
    core::Random& random;
    SessionLimits limits;
  };

  explicit SignIn(Dependencies dependencies) : my_(dependencies) {}

  /// Writes a new session row for this device, always under a new id (no fixation), and ends the
  /// session that this browser had, expired or not. Returns the Set-Cookie value.
  [[nodiscard]] std::string start(db::Transaction& transaction,
                                  const http::Request& request,
                                  std::int64_t user_id,
                                  core::Timestamp now) const;

 private:
  Dependencies my_;
};

}  // namespace tms::auth
