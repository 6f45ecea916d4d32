#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// GET /sessions: the devices that are signed in, the newest first.
class ListSessions final : public http::Handler {
 public:
  ListSessions(db::Database& database, const auth::SessionCheck& sessions)
      : database_(database), sessions_(sessions) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& sessions_;
};

}  // namespace tms::handlers
