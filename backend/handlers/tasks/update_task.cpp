#include "backend/handlers/tasks/update_task.h"

#include <optional>
#include <string>

#include "backend/handlers/tasks/change_task.h"
#include "backend/handlers/tasks/if_match.h"
#include "backend/handlers/tasks/task_errors.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/description.h"
#include "backend/validators/due_date.h"
#include "backend/validators/status.h"

namespace tms::handlers {
namespace {

/// What the body names; the rest stays.
struct Fields {
  std::optional<validators::Description> description;
  /// Outer: is it named; inner: nothing clears it.
  std::optional<std::optional<std::string>> due_date;
  std::optional<validators::Status> status;
};

core::Result<Fields> read_fields(const http::Request& request) {
  http::BodyReader body(request, {"description", "due_date", "status"});
  Fields fields;
  if (const auto text = body.optional_string("description")) {
    fields.description = body.check(validators::check_description(*text));
  }
  if (const auto text = body.optional_nullable_string("due_date")) {
    fields.due_date.emplace();
    if (*text) *fields.due_date = body.check(validators::check_due_date(**text));
  }
  if (const auto text = body.optional_string("status")) {
    fields.status = body.check(validators::check_status(*text));
  }
  if (auto error = body.finish()) return std::move(*error);
  return fields;
}

bool set_description(TaskDraft& draft, const validators::Description& description) {
  if (draft.task.description == description.text) return false;
  draft.task.description = description.text;
  draft.description_folded = description.folded;
  return true;
}

bool set_due_date(Task& task, const std::optional<std::string>& due_date) {
  if (task.due_date == due_date) return false;
  task.due_date = due_date;
  return true;
}

bool set_status(TaskDraft& draft, validators::Status status) {
  Task& task = draft.task;
  if (task.status == to_string(status)) return false;
  task.status = to_string(status);
  task.completed_at.reset();
  if (status == validators::Status::completed) task.completed_at = draft.now;
  return true;
}

bool merge(TaskDraft& draft, const Fields& fields) {
  bool has_change = false;
  if (fields.description) has_change |= set_description(draft, *fields.description);
  if (fields.due_date) has_change |= set_due_date(draft.task, *fields.due_date);
  if (fields.status) has_change |= set_status(draft, *fields.status);
  return has_change;
}

}  // namespace

http::Response UpdateTask::handle(const http::Request& request) const {
  const auto refuse = [&](const core::Error& error) {
    return http::problem_response(error, request.request_id);
  };
  if (const auto error = http::refuse_query(request)) return refuse(*error);
  const auto if_match = IfMatch::parse(request);
  if (!if_match) return refuse(if_match.error());
  const auto fields = read_fields(request);
  if (!fields) return refuse(fields.error());

  const auto task =
      change_task(database_, session_check_, request, [&](TaskDraft& draft) -> core::Result<bool> {
        if (draft.task.deleted_at) return task_not_found();
        if (!if_match->matches(draft.task.version)) return version_conflict(draft.task.view());
        return merge(draft, *fields);
      });
  return task ? task_response(200, task->view()) : refuse(task.error());
}

}  // namespace tms::handlers
