#include "backend/handlers/tasks/locked_task.h"

#include <stdexcept>

#include "backend/core/static_text.h"
#include "backend/handlers/tasks/membership.h"
#include "backend/handlers/tasks/task_errors.h"

namespace tms::handlers {
namespace {

constexpr std::string_view kTakeSeqBody = R"sql(
update lists
set seq = seq + 1
where list_id = (
  select t.list_id
  from session s
  join tasks t on t.task_id = $4
    and )sql";
constexpr std::string_view kTakeSeqEnd = R"sql(
)
returning seq)sql";
constexpr db::Statement kTakeSeqOfTask{
    "take_seq_of_task", core::join<auth::kSessionCte, kTakeSeqBody, kMayWrite, kTakeSeqEnd>};

constexpr std::string_view kReadSelect = "select s.last_seen, s.user_id, m.role, ";
constexpr std::string_view kReadFrom = R"sql(
from session s
left join tasks t on t.task_id = $4
  and )sql";
constexpr std::string_view kReadRole = R"sql(
left join list_members m on m.user_id = s.user_id
  and m.list_id = t.list_id)sql";
constexpr db::Statement kReadTaskToWrite{
    "read_task_to_write",
    core::join<auth::kSessionCte, kReadSelect, kTaskColumns, kReadFrom, kIsMember, kReadRole>};

LockedTask try_to_lock(db::Transaction& transaction,
                       const auth::SessionParameters& session,
                       const core::Uuid& task_id) {
  LockedTask locked;
  transaction.queue_query(
      kTakeSeqOfTask, [&](const db::Row& row) { locked.seq = row.integer(0); }, session.session_id,
      session.now, session.idle_cutoff, task_id);
  transaction.query(
      kReadTaskToWrite,
      [&](const db::Row& row) {
        locked.last_seen = row.timestamp(0);
        locked.user_id = row.integer(1);
        if (row.is_null(2)) return;
        locked.may_write = role_may_write(row.text(2));
        locked.task = Task(read_task(row, 3));
      },
      session.session_id, session.now, session.idle_cutoff, task_id);
  return locked;
}

}  // namespace

LockedTask lock_task(db::Transaction& transaction,
                     const auth::SessionParameters& session,
                     const core::Uuid& task_id) {
  // PostgreSQL's READ COMMITTED gives each statement its own snapshot, so a task (or a role) may
  // appear between the two; the second try finds it in both.
  for (int attempt = 0; attempt < 2; ++attempt) {
    LockedTask locked = try_to_lock(transaction, session, task_id);
    if (!locked.may_write || locked.seq) return locked;
  }
  throw std::runtime_error("a task came into reach twice while it was being locked");
}

std::optional<core::Error> refusal(const LockedTask& locked) {
  if (!locked.last_seen) return auth::not_signed_in();
  if (!locked.task) return task_not_found();
  if (!locked.may_write) return list_is_read_only();
  return std::nullopt;
}

}  // namespace tms::handlers
