#pragma once

#include "backend/auth/session_check.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /tasks: a new task in the Inbox or in a list that the caller may write.
///
/// The same task_id again is answered 200 with the task as it is stored by now, whatever the body
/// says: edited since, or even in the trash, because the client that repeats wants to know that its
/// create arrived and not to have it a second time. An id that a task out of reach has: 409.
class CreateTask final : public http::Handler {
 public:
  CreateTask(db::Database& database, core::Random& random, const auth::SessionCheck& session_check)
      : database_(database), random_(random), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  core::Random& random_;
  const auth::SessionCheck& session_check_;
};

}  // namespace tms::handlers
