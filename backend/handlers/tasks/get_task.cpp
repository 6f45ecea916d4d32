#include "backend/handlers/tasks/get_task.h"

#include <optional>

#include "backend/core/static_text.h"
#include "backend/handlers/tasks/membership.h"
#include "backend/handlers/tasks/task.h"
#include "backend/handlers/tasks/task_errors.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

constexpr std::string_view kSelect = "select s.last_seen, ";
constexpr std::string_view kFrom = R"sql(
from session s
left join tasks t on t.task_id = $4
  and t.deleted_at is null
  and )sql";
constexpr db::Statement kGetTask{
    "get_task", core::join<auth::kSessionCte, kSelect, kTaskColumns, kFrom, kIsMember>};

}  // namespace

http::Response GetTask::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request))
    return http::problem_response(*error, request.request_id);
  const auto session = session_check_.parameters(request);
  // A text that is no id becomes the nil id, which no task has: the same way, the same answer.
  const auto task_id = core::Uuid::parse(request.path_parameter("task_id")).value_or(core::Uuid{});

  std::optional<core::Timestamp> last_seen;
  std::optional<http::Response> answer;
  database_.read_one(
      [&](db::Transaction& transaction) {
        last_seen.reset();
        answer.reset();
        transaction.query(
            kGetTask,
            [&](const db::Row& row) {
              last_seen = row.timestamp(0);
              if (!row.is_null(1)) answer = task_response(200, read_task(row, 1));
            },
            session.session_id, session.now, session.idle_cutoff, task_id);
      },
      request.deadline);

  if (!last_seen) return http::problem_response(auth::not_signed_in(), request.request_id);
  session_check_.touch(database_, session, *last_seen);
  if (!answer) return http::problem_response(task_not_found(), request.request_id);
  return std::move(*answer);
}

}  // namespace tms::handlers
