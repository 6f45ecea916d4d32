#include "backend/handlers/tasks/create_task.h"

#include <optional>
#include <stdexcept>
#include <string>

#include "backend/handlers/tasks/insert_task.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/due_date.h"
#include "backend/validators/status.h"
#include "backend/validators/task_id.h"

namespace tms::handlers {
namespace {

core::Result<NewTask> read_new_task(const http::Request& request) {
  http::BodyReader body(request, {"description", "due_date", "status", "task_id", "list_id"});
  NewTask task;
  const std::string description = body.required_string("description");
  if (!body.field_is_wrong("description")) {
    task.description =
        body.check(validators::check_description(description)).value_or(validators::Description{});
  }
  if (const auto text = body.optional_nullable_string("due_date"); text && *text) {
    task.due_date = body.check(validators::check_due_date(**text));
  }
  if (const auto text = body.optional_string("status")) {
    task.status = body.check(validators::check_status(*text)).value_or(validators::Status::pending);
  }
  if (const auto text = body.optional_string("task_id")) {
    task.task_id = body.check(validators::check_new_task_id(*text));
  }
  if (const auto text = body.optional_string("list_id")) {
    task.list_id = body.check(validators::check_list_id(*text));
  }
  if (auto error = body.finish()) return std::move(*error);
  return task;
}

}  // namespace

http::Response CreateTask::handle(const http::Request& request) const {
  const auto refuse = [&](const core::Error& error) {
    return http::problem_response(error, request.request_id);
  };
  if (const auto error = http::refuse_query(request)) return refuse(*error);
  auto task = read_new_task(request);
  if (!task) return refuse(task.error());

  const auto session = session_check_.parameters(request);
  if (!task->task_id) task->task_id = core::Uuid::make_version_7(session.now, random_);
  const auto inserted = insert_task(database_, session_check_, session, *task, request.deadline);
  if (!inserted) return refuse(inserted.error());

  http::Response response = task_response(inserted->is_new ? 201 : 200, inserted->task.view());
  if (inserted->is_new) {
    response.headers.emplace_back("Location", "/api/tasks/" + inserted->task.task_id.to_string());
  }
  return response;
}

}  // namespace tms::handlers
