#include "backend/handlers/tasks/change_task.h"

#include "backend/handlers/tasks/locked_task.h"
#include "backend/handlers/tasks/task_errors.h"

namespace tms::handlers {
namespace {

// The role is asked once more: no statement that writes trusts another one to have asked.
constexpr db::Statement kStoreTask{"store_task", R"sql(
update tasks
set description = $4,
  description_folded = coalesce($5, description_folded),
  due_date = $6,
  status = $7,
  updated_at = $8,
  completed_at = $9,
  deleted_at = $10,
  version = $11,
  seq = $12
where list_id = $1
  and task_id = $2
  and exists (
    select 1
    from list_members member
    where member.user_id = $3
      and member.list_id = tasks.list_id
      and member.role in ('owner', 'editor')
  )
returning version)sql"};

/// What one run of the transaction came to; a further run begins afresh.
struct Attempt {
  std::optional<core::Timestamp> last_seen;
  std::optional<core::Error> error;
  TaskDraft draft;
  bool has_change = false;
  bool is_stored = false;
};

void store(db::Transaction& transaction, const LockedTask& locked, Attempt& attempt) {
  Task& task = attempt.draft.task;
  task.version += 1;
  task.updated_at = attempt.draft.now;
  transaction.queue_query(
      kStoreTask, [&attempt](const db::Row&) { attempt.is_stored = true; }, task.list_id,
      task.task_id, locked.user_id, task.description, attempt.draft.description_folded,
      task.due_date, task.status, task.updated_at, task.completed_at, task.deleted_at, task.version,
      *locked.seq);
}

void run(db::Transaction& transaction,
         const auth::SessionParameters& session,
         const core::Uuid& task_id,
         TaskChange change,
         Attempt& attempt) {
  attempt = Attempt{};
  LockedTask locked = lock_task(transaction, session, task_id);
  attempt.last_seen = locked.last_seen;
  attempt.error = refusal(locked);
  if (!attempt.error) {
    attempt.draft = TaskDraft{std::move(*locked.task), {}, session.now};
    auto changed = change(attempt.draft);
    if (changed) {
      attempt.has_change = *changed;
    } else {
      attempt.error = std::move(changed.error());
    }
  }
  if (attempt.has_change) {
    store(transaction, locked, attempt);
  } else {
    transaction.roll_back();
  }
}

}  // namespace

core::Result<Task> change_task(db::Database& database,
                               const auth::SessionCheck& session_check,
                               const http::Request& request,
                               TaskChange change) {
  const auto session = session_check.parameters(request);
  // A text that is no id becomes the nil id, which no task has: the same way, the same answer.
  const auto task_id = core::Uuid::parse(request.path_parameter("task_id")).value_or(core::Uuid{});

  Attempt attempt;
  database.write(
      [&](db::Transaction& transaction) { run(transaction, session, task_id, change, attempt); },
      request.deadline);

  if (attempt.last_seen) session_check.touch(database, session, *attempt.last_seen);
  if (attempt.error) return std::move(*attempt.error);
  // The role was taken away between the two round trips.
  if (attempt.has_change && !attempt.is_stored) return task_not_found();
  return std::move(attempt.draft.task);
}

}  // namespace tms::handlers
