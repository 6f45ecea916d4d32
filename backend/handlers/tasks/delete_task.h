#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// DELETE /tasks/{task_id}: puts the task into the trash; of a task that lies there already nothing
/// changes.
class DeleteTask final : public http::Handler {
 public:
  DeleteTask(db::Database& database, const auth::SessionCheck& session_check)
      : database_(database), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& session_check_;
};

}  // namespace tms::handlers
