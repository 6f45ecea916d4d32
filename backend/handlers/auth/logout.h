#pragma once

#include "backend/auth/session_cookie.h"
#include "backend/auth/token.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /logout: ends the session row of every genuine session cookie, expired or not, and always
/// clears the cookie. 204 with a bad cookie or none, too; 503, with the cookie cleared, when the
/// row cannot be ended.
class Logout final : public http::Handler {
 public:
  Logout(db::Database& database,
         const core::Clock& clock,
         const auth::TokenVerifier& verifier,
         const auth::SessionCookie& cookie)
      : database_(database), clock_(clock), verifier_(verifier), cookie_(cookie) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;
  void complete_failure(http::Response& response) const override;

 private:
  [[nodiscard]] std::vector<std::string> sessions_of(const http::Request& request) const;

  db::Database& database_;
  const core::Clock& clock_;
  const auth::TokenVerifier& verifier_;
  const auth::SessionCookie& cookie_;
};

}  // namespace tms::handlers
