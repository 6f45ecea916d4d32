#pragma once

#include "backend/auth/session_check.h"
#include "backend/auth/session_cookie.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// DELETE /sessions: signs out every device of this user, this one too.
class EndAllSessions final : public http::Handler {
 public:
  EndAllSessions(db::Database& database,
                 const auth::SessionCheck& sessions,
                 const auth::SessionCookie& cookie)
      : database_(database), sessions_(sessions), cookie_(cookie) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& sessions_;
  const auth::SessionCookie& cookie_;
};

}  // namespace tms::handlers
