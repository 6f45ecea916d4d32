#include "backend/handlers/tasks/insert_task.h"

#include <stdexcept>

#include "backend/core/static_text.h"
#include "backend/handlers/tasks/membership.h"
#include "backend/handlers/tasks/task_errors.h"

namespace tms::handlers {
namespace {

// $4 is the list asked for, or NULL for the Inbox.
constexpr std::string_view kTakeSeqBody = R"sql(
update lists
set seq = seq + 1
where list_id = (
  select m.list_id
  from session s
  join users u on u.user_id = s.user_id
  join list_members m on m.user_id = s.user_id
    and m.list_id = coalesce($4, u.inbox_list_id)
    and m.role in ('owner', 'editor')
)
returning seq)sql";
constexpr db::Statement kTakeSeqOfList{"take_seq_of_list",
                                       core::join<auth::kSessionCte, kTakeSeqBody>};

// `taken` tells that somebody has the id; only a task within reach is read.
constexpr std::string_view kReadSelect =
    "select s.last_seen, s.user_id, target.list_id, target.role, taken.task_id, own.role, ";
constexpr std::string_view kReadFrom = R"sql(
from session s
join users u on u.user_id = s.user_id
left join list_members target on target.user_id = s.user_id
  and target.list_id = coalesce($4, u.inbox_list_id)
left join tasks taken on taken.task_id = $5
left join tasks t on t.task_id = $5
  and )sql";
constexpr std::string_view kReadRole = R"sql(
left join list_members own on own.user_id = s.user_id
  and own.list_id = t.list_id)sql";
constexpr db::Statement kReadToCreate{
    "read_to_create",
    core::join<auth::kSessionCte, kReadSelect, kTaskColumns, kReadFrom, kIsMember, kReadRole>};

constexpr db::Statement kInsertTask{"insert_task", R"sql(
insert into tasks (
  list_id, task_id, user_id, description, description_folded, due_date, status,
  created_at, updated_at, completed_at, deleted_at, version, seq
)
select m.list_id, $2, m.user_id, $4, $5, $6, $7, $8, $8, $9, null, 1, $10
from list_members m
where m.list_id = $1
  and m.user_id = $3
  and m.role in ('owner', 'editor')
on conflict do nothing
returning version)sql"};

/// What one run of the transaction found and did; a further run begins afresh.
struct Attempt {
  std::optional<core::Timestamp> last_seen;
  std::int64_t user_id = 0;
  std::optional<core::Uuid> target_list;
  bool may_write_target = false;
  bool id_is_taken = false;
  bool may_write_stored = false;
  std::optional<Task> stored;
  std::optional<std::int64_t> seq;
  bool is_inserted = false;
};

void look(db::Transaction& transaction,
          const auth::SessionParameters& session,
          const NewTask& task,
          Attempt& attempt) {
  transaction.queue_query(
      kTakeSeqOfList, [&attempt](const db::Row& row) { attempt.seq = row.integer(0); },
      session.session_id, session.now, session.idle_cutoff, task.list_id);
  transaction.query(
      kReadToCreate,
      [&attempt](const db::Row& row) {
        attempt.last_seen = row.timestamp(0);
        attempt.user_id = row.integer(1);
        if (!row.is_null(2)) {
          attempt.target_list = row.uuid(2);
          attempt.may_write_target = role_may_write(row.text(3));
        }
        attempt.id_is_taken = !row.is_null(4);
        if (!row.is_null(5)) {
          attempt.may_write_stored = role_may_write(row.text(5));
          attempt.stored = Task(read_task(row, 6));
        }
      },
      session.session_id, session.now, session.idle_cutoff, task.list_id, task.task_id);
}

/// Why the task is not to be inserted, when that is an error. A task that is stored already comes
/// first: a repeat must succeed although the Inbox or the list asked for has changed meanwhile.
std::optional<core::Error> refusal(const Attempt& attempt) {
  if (!attempt.last_seen) return auth::not_signed_in();
  if (attempt.stored) {
    return attempt.may_write_stored ? std::nullopt : std::optional(list_is_read_only());
  }
  if (!attempt.target_list) return task_not_found();
  if (!attempt.may_write_target) return list_is_read_only();
  if (attempt.id_is_taken) return task_id_taken();
  return std::nullopt;
}

Task to_task(const NewTask& asked, const Attempt& attempt, core::Timestamp now) {
  Task task;
  task.task_id = *asked.task_id;
  task.list_id = *attempt.target_list;
  task.user_id = attempt.user_id;
  task.description = asked.description.text;
  task.due_date = asked.due_date;
  task.status = to_string(asked.status);
  task.created_at = now;
  task.updated_at = now;
  if (asked.status == validators::Status::completed) task.completed_at = now;
  task.version = 1;
  return task;
}

void insert(db::Transaction& transaction,
            const Task& task,
            const std::string& folded,
            Attempt& attempt) {
  transaction.queue_query(
      kInsertTask, [&attempt](const db::Row&) { attempt.is_inserted = true; }, task.list_id,
      task.task_id, task.user_id, task.description, folded, task.due_date, task.status,
      task.created_at, task.completed_at, *attempt.seq);
}

}  // namespace

core::Result<InsertedTask> insert_task(db::Database& database,
                                       const auth::SessionCheck& session_check,
                                       const auth::SessionParameters& session,
                                       const NewTask& asked,
                                       core::Deadline deadline) {
  // The same id inserted by another transaction at the same moment shows as a conflict, and by the
  // next run as a stored task. Inserting and purging cannot take turns fast enough for a third.
  constexpr int kMostRuns = 3;
  for (int run = 0; run < kMostRuns; ++run) {
    Attempt attempt;
    Task task;
    database.write(
        [&](db::Transaction& transaction) {
          attempt = Attempt{};
          look(transaction, session, asked, attempt);
          if (refusal(attempt) || attempt.stored || !attempt.seq) {
            transaction.roll_back();
            return;
          }
          task = to_task(asked, attempt, session.now);
          insert(transaction, task, asked.description.folded, attempt);
        },
        deadline);

    if (attempt.last_seen) session_check.touch(database, session, *attempt.last_seen);
    if (auto error = refusal(attempt)) return std::move(*error);
    if (attempt.stored) return InsertedTask{std::move(*attempt.stored), false};
    if (attempt.is_inserted) return InsertedTask{std::move(task), true};
  }
  throw std::runtime_error("a task could be neither inserted nor found");
}

}  // namespace tms::handlers
