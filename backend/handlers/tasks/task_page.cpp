#include "backend/handlers/tasks/task_page.h"

#include <limits>
#include <string_view>

#include "backend/handlers/tasks/task.h"
#include "backend/handlers/tasks/task_page_statements.h"
#include "backend/http/json_writer.h"

namespace tms::handlers {
namespace {

/// About the size of a task in JSON, to allocate once.
constexpr std::size_t kTypicalTask = 420;

constexpr int kFirstTaskColumn = 3;

/// Gathers the rows of a page.
class PageBuilder {
 public:
  explicit PageBuilder(const PageQuery& query) : query_(query) {
    json_.reserve(static_cast<std::size_t>(query.limit) * kTypicalTask);
    json_.begin_object();
    json_.key("tasks");
    json_.begin_array();
  }

  void add(const db::Row& row) {
    if (!last_seen_) last_seen_ = row.timestamp(0);
    if (row.is_null(1)) return;
    note_list(row.uuid(1), row.integer(2));
    if (row.is_null(kFirstTaskColumn)) return;
    // One more than the page holds was asked for, to know whether there is a next one.
    if (count_++ >= query_.limit) return;
    const TaskView task = read_task(row, kFirstTaskColumn);
    write_task(json_, task);
    if (count_ == query_.limit) last_ = position(task);
  }

  ListAnswer finish() && {
    if (!last_seen_) return {};
    json_.end_array();
    json_.key("next_cursor");
    if (count_ > query_.limit) {
      json_.string(encode_cursor(last_, query_.sort, query_.filter_fingerprint()));
    } else {
      json_.null();
    }
    json_.member("since", mark_.encode());
    json_.end_object();
    return {last_seen_, std::move(json_).take()};
  }

 private:
  // Rows come list by list for most people, who have one.
  void note_list(const core::Uuid& list_id, std::int64_t seq) {
    if (last_list_ == list_id) return;
    last_list_ = list_id;
    mark_.lists[list_id] = {seq, 0};
  }

  [[nodiscard]] CursorPosition position(const TaskView& task) const {
    switch (query_.sort) {
      case validators::Sort::due:
      case validators::Sort::due_descending: {
        std::optional<std::string> date;
        if (task.due_date) date = *task.due_date;
        return {std::move(date), task.task_id};
      }
      case validators::Sort::updated:
      case validators::Sort::updated_descending:
        return {core::to_micros(task.updated_at), task.task_id};
      case validators::Sort::created:
      case validators::Sort::created_descending:
        break;
    }
    return {core::to_micros(task.created_at), task.task_id};
  }

  const PageQuery& query_;
  http::JsonWriter json_;
  std::optional<core::Timestamp> last_seen_;
  SinceMark mark_;
  std::optional<core::Uuid> last_list_;
  int count_ = 0;
  CursorPosition last_;
};

/// The key and id after which the page begins, as parameters; for the first page those of a place
/// before every task, so that one statement serves all pages and always bounds the index.
struct After {
  db::Parameter key;
  core::Uuid task_id;
};

After first_place(validators::Sort sort) {
  switch (sort) {
    case validators::Sort::due:
      return {kNoDueDateDescending, {}};
    case validators::Sort::due_descending:
      return {kNoDueDateAscending, {}};
    case validators::Sort::created:
    case validators::Sort::updated:
      return {std::numeric_limits<std::int64_t>::min(), {}};
    case validators::Sort::created_descending:
    case validators::Sort::updated_descending:
      break;
  }
  return {std::numeric_limits<std::int64_t>::max(), {}};
}

After place_after(const PageQuery& query) {
  if (!query.after) return first_place(query.sort);
  const core::Uuid& task_id = query.after->task_id;
  if (const auto* micros = std::get_if<std::int64_t>(&query.after->key)) return {*micros, task_id};
  const auto& date = std::get<std::optional<std::string>>(query.after->key);
  if (date) return {*date, task_id};
  return {query.sort == validators::Sort::due ? kNoDueDateAscending : kNoDueDateDescending,
          task_id};
}

ListAnswer read_page_with(const db::Statement& statement,
                          db::Database& database,
                          const auth::SessionParameters& session,
                          const PageQuery& query,
                          core::Deadline deadline) {
  std::optional<std::string_view> status;
  if (query.status) status = to_string(*query.status);
  const After after = place_after(query);

  ListAnswer answer;
  database.read_one(
      [&](db::Transaction& transaction) {
        PageBuilder builder(query);
        const auto visit = [&](const db::Row& row) { builder.add(row); };
        if (query.has_filters()) {
          transaction.query(statement, visit, session.session_id, session.now, session.idle_cutoff,
                            after.key, after.task_id, query.limit + 1, status, query.search,
                            query.due_from, query.due_to);
        } else {
          transaction.query(statement, visit, session.session_id, session.now, session.idle_cutoff,
                            after.key, after.task_id, query.limit + 1);
        }
        answer = std::move(builder).finish();
      },
      deadline);
  return answer;
}

}  // namespace

ListAnswer read_task_page(db::Database& database,
                          const auth::SessionParameters& session,
                          const PageQuery& query,
                          core::Deadline deadline) {
  if (database.engine() == db::Engine::sqlite) {
    const auto& statement = only_list_page_statement(query.sort, query.has_filters());
    auto answer = read_page_with(statement, database, session, query, deadline);
    if (answer.last_seen) return answer;
  }
  const auto& statement = page_statement(query.sort, query.has_filters());
  return read_page_with(statement, database, session, query, deadline);
}

}  // namespace tms::handlers
