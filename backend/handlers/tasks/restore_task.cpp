#include "backend/handlers/tasks/restore_task.h"

#include "backend/handlers/tasks/change_task.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

/// No body is needed; one that comes must be an empty object.
std::optional<core::Error> refuse_body(const http::Request& request) {
  if (request.body.empty()) return std::nullopt;
  return http::BodyReader(request, {}).finish();
}

}  // namespace

http::Response RestoreTask::handle(const http::Request& request) const {
  const auto refuse = [&](const core::Error& error) {
    return http::problem_response(error, request.request_id);
  };
  if (const auto error = http::refuse_query(request)) return refuse(*error);
  if (const auto error = refuse_body(request)) return refuse(*error);

  const auto task =
      change_task(database_, session_check_, request, [](TaskDraft& draft) -> core::Result<bool> {
        if (!draft.task.deleted_at) return false;
        draft.task.deleted_at.reset();
        return true;
      });
  return task ? task_response(200, task->view()) : refuse(task.error());
}

}  // namespace tms::handlers
