#include "backend/handlers/tasks/get_tasks.h"

#include "backend/handlers/tasks/list_query.h"
#include "backend/handlers/tasks/task_changes.h"
#include "backend/handlers/tasks/task_page.h"
#include "backend/http/problem.h"

namespace tms::handlers {

http::Response GetTasks::handle(const http::Request& request) const {
  const auto query = read_list_query(request);
  if (!query) return http::problem_response(query.error(), request.request_id);

  const auto session = session_check_.parameters(request);
  const auto* page = std::get_if<PageQuery>(&*query);
  ListAnswer answer =
      page != nullptr
          ? read_task_page(database_, session, *page, request.deadline)
          : read_task_changes(database_, session, std::get<ChangesQuery>(*query), request.deadline);
  if (!answer.last_seen) return http::problem_response(auth::not_signed_in(), request.request_id);
  session_check_.touch(database_, session, *answer.last_seen);
  return http::Response::json(200, std::move(answer.body));
}

}  // namespace tms::handlers
