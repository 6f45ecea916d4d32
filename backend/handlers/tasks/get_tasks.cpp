#include "backend/handlers/tasks/get_tasks.h"

#include "backend/handlers/tasks/list_query.h"
#include "backend/handlers/tasks/task_changes.h"
#include "backend/handlers/tasks/task_page.h"
#include "backend/http/problem.h"

namespace tms::handlers {

http::Response GetTasks::handle(const http::Request& request) const {
  const auto session = session_check_.parameters(request);
  // Taken before anything is read: a commit after it makes the answer one of the past.
  const auto data_version = database_.data_version();
  if (!data_version) return answer(read(request, session), request, session);

  std::string name = ListAnswers::name_of(request, *data_version);
  if (auto known = answers_.find(name);
      known && session_check_.is_fresh(session, *known->last_seen)) {
    return http::Response::json(200, std::move(known->body));
  }
  auto found = read(request, session);
  if (found) answers_.keep(std::move(name), *data_version, *found);
  return answer(std::move(found), request, session);
}

core::Result<ListAnswer> GetTasks::read(const http::Request& request,
                                        const auth::SessionParameters& session) const {
  const auto query = read_list_query(request);
  if (!query) return query.error();
  if (const auto* page = std::get_if<PageQuery>(&*query)) {
    return read_task_page(database_, session, *page, request.deadline);
  }
  return read_task_changes(database_, session, std::get<ChangesQuery>(*query), request.deadline);
}

http::Response GetTasks::answer(core::Result<ListAnswer> found,
                                const http::Request& request,
                                const auth::SessionParameters& session) const {
  if (!found) return http::problem_response(found.error(), request.request_id);
  if (!found->last_seen) return http::problem_response(auth::not_signed_in(), request.request_id);
  session_check_.touch(database_, session, *found->last_seen);
  return http::Response::json(200, std::move(found->body));
}

}  // namespace tms::handlers
