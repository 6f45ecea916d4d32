#pragma once

#include "backend/auth/session_check.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/list_answers.h"
#include "backend/handlers/tasks/task_page.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// GET /tasks: a page of the caller's tasks, or, with `since`, what changed.
class GetTasks final : public http::Handler {
 public:
  GetTasks(db::Database& database, const auth::SessionCheck& session_check)
      : database_(database), session_check_(session_check) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  [[nodiscard]] core::Result<ListAnswer> read(const http::Request& request,
                                              const auth::SessionParameters& session) const;
  [[nodiscard]] http::Response answer(core::Result<ListAnswer> found,
                                      const http::Request& request,
                                      const auth::SessionParameters& session) const;

  db::Database& database_;
  const auth::SessionCheck& session_check_;
  mutable ListAnswers answers_;
};

}  // namespace tms::handlers
