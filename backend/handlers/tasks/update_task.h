#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// PATCH /tasks/{task_id}: merges the fields that the body names into the task as it is now. With
/// If-Match only while that version is the current one. Entering completed sets completed_at,
/// leaving it clears it. A body that changes nothing stores nothing.
class UpdateTask final : public http::Handler {
 public:
  UpdateTask(db::Database& database, const auth::SessionCheck& session_check)
      : database_(database), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const auth::SessionCheck& session_check_;
};

}  // namespace tms::handlers
