#include "backend/handlers/tasks/delete_task.h"

#include "backend/handlers/tasks/change_task.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {

http::Response DeleteTask::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request))
    return http::problem_response(*error, request.request_id);

  const auto task =
      change_task(database_, session_check_, request, [](TaskDraft& draft) -> core::Result<bool> {
        if (draft.task.deleted_at) return false;
        draft.task.deleted_at = draft.now;
        return true;
      });
  return task ? http::Response::no_content()
              : http::problem_response(task.error(), request.request_id);
}

}  // namespace tms::handlers
