#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /tasks/{task_id}/restore: takes the task out of the trash; a live task stays as it is.
class RestoreTask final : public http::Handler {
 public:
  RestoreTask(db::Database& database, const auth::SessionCheck& session_check)
      : database_(database), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& session_check_;
};

}  // namespace tms::handlers
