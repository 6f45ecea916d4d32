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

  /// A row of `page_statement`.
  void add(const db::Row& row) {
    if (!last_seen_) note_session(row.timestamp(0));
    if (row.is_null(1)) return;
    note_list(row.uuid(1), row.integer(2));
    if (!row.is_null(kFirstTaskColumn)) add_task(row, kFirstTaskColumn);
  }

  void note_session(core::Timestamp last_seen) { last_seen_ = last_seen; }

  // Rows come list by list for most people, who have one.
  void note_list(const core::Uuid& list_id, std::int64_t seq) {
    if (last_list_ == list_id) return;
    last_list_ = list_id;
    mark_.lists[list_id] = {seq, 0};
  }

  void add_task(const db::Row& row, int first_column) {
    // One more than the page holds was asked for, to know whether there is a next one.
    if (count_++ >= query_.limit) return;
    const TaskView task = read_task(row, first_column);
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

/// One page for one session, by the statements of task_page_statements.h.
class PageReader {
 public:
  PageReader(const auth::SessionParameters& session, const PageQuery& query)
      : session_(session), query_(query), after_(place_after(query)) {
    if (query.status) status_ = to_string(*query.status);
  }

  /// For everybody; one statement.
  [[nodiscard]] ListAnswer read(db::Transaction& transaction) const {
    PageBuilder builder(query_);
    const auto& statement = page_statement(query_.sort, query_.has_filters());
    const auto visit = [&](const db::Row& row) { builder.add(row); };
    if (query_.has_filters()) {
      transaction.query(statement, visit, session_.session_id, session_.now, session_.idle_cutoff,
                        after_.key, after_.task_id, query_.limit + 1, status_, query_.search,
                        query_.due_from, query_.due_to);
    } else {
      transaction.query(statement, visit, session_.session_id, session_.now, session_.idle_cutoff,
                        after_.key, after_.task_id, query_.limit + 1);
    }
    return std::move(builder).finish();
  }

  /// For SQLite and people with one list; empty for others. Two statements, which need one snapshot.
  [[nodiscard]] ListAnswer read_only_list(db::Transaction& transaction) const {
    PageBuilder builder(query_);
    std::int64_t user_id = 0;
    std::optional<core::Uuid> list_id;
    transaction.query(
        only_list_statement(),
        [&](const db::Row& row) {
          user_id = row.integer(0);
          list_id = row.uuid(2);
          builder.note_session(row.timestamp(1));
          builder.note_list(*list_id, row.integer(3));
        },
        session_.session_id, session_.now, session_.idle_cutoff);
    if (!list_id) return {};

    const auto& statement = only_list_page_statement(query_.sort, query_.has_filters());
    const auto visit = [&](const db::Row& row) { builder.add_task(row, 0); };
    if (query_.has_filters()) {
      transaction.query(statement, visit, user_id, *list_id, nullptr, after_.key, after_.task_id,
                        query_.limit + 1, status_, query_.search, query_.due_from, query_.due_to);
    } else {
      transaction.query(statement, visit, user_id, *list_id, nullptr, after_.key, after_.task_id,
                        query_.limit + 1);
    }
    return std::move(builder).finish();
  }

 private:
  const auth::SessionParameters& session_;
  const PageQuery& query_;
  After after_;
  std::optional<std::string_view> status_;
};

}  // namespace

ListAnswer read_task_page(db::Database& database,
                          const auth::SessionParameters& session,
                          const PageQuery& query,
                          core::Deadline deadline) {
  const PageReader reader(session, query);
  ListAnswer answer;
  if (database.engine() == db::Engine::sqlite) {
    database.read(
        [&](db::Transaction& transaction) {
          answer = reader.read_only_list(transaction);
          if (!answer.last_seen) answer = reader.read(transaction);
        },
        deadline);
  } else {
    database.read_one([&](db::Transaction& transaction) { answer = reader.read(transaction); },
                      deadline);
  }
  return answer;
}

}  // namespace tms::handlers
