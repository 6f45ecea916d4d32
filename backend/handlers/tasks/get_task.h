#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// GET /tasks/{task_id}: one live task of a list that the caller is a member of.
class GetTask final : public http::Handler {
 public:
  GetTask(db::Database& database, const auth::SessionCheck& session_check)
      : database_(database), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& session_check_;
};

}  // namespace tms::handlers
