#include "backend/handlers/tasks/task_changes.h"

#include <algorithm>
#include <string>
#include <vector>

#include "backend/core/encoding.h"
#include "backend/core/static_text.h"
#include "backend/handlers/tasks/task.h"
#include "backend/http/json_writer.h"

namespace tms::handlers {
namespace {

// $4 is a JSON object: the list's id in hexadecimal after the letter l (SQLite takes a name that
// begins with a digit for an index) -> the number up to which the client knows it.
constexpr std::string_view kChangesBegin = R"sql(, membership as (
  select m.list_id, l.seq, l.purged_seq, coalesce(cast()sql";
constexpr std::string_view kMarkPostgres =
    "cast($4 as jsonb) ->> ('l' || replace(cast(m.list_id as text), '-', ''))";
constexpr std::string_view kMarkSqlite = "$4 ->> ('l' || lower(hex(m.list_id)))";
constexpr std::string_view kChangesFrom = R"sql( as bigint), 0) as known_seq
  from session s
  join list_members m on m.user_id = s.user_id
  join lists l on l.list_id = m.list_id
), changes as (
  select t.seq, )sql";
constexpr std::string_view kChangesEnd = R"sql(
  from membership k
  join tasks t on t.list_id = k.list_id
    and t.seq > k.known_seq
  order by t.list_id, t.seq
  limit $5
)
select s.last_seen, k.list_id, k.seq, k.purged_seq, t.seq, )sql";
constexpr std::string_view kAnswerFrom = R"sql(
from session s
left join membership k on true
left join changes t on t.list_id = k.list_id
order by k.list_id, t.seq)sql";

template <const std::string_view& Mark>
constexpr std::string_view kChanges = core::join<auth::kSessionCte,
                                                 kChangesBegin,
                                                 Mark,
                                                 kChangesFrom,
                                                 kTaskColumns,
                                                 kChangesEnd,
                                                 kTaskColumns,
                                                 kAnswerFrom>;
constexpr db::Statement kTaskChanges{"task_changes", kChanges<kMarkPostgres>,
                                     kChanges<kMarkSqlite>};

constexpr int kFirstTaskColumn = 5;

std::string marks_as_json(const SinceMark& mark) {
  http::JsonWriter json;
  json.begin_object();
  for (const auto& [list_id, known] : mark.lists) {
    json.member("l" + core::hex_encode(list_id.bytes), known.seq);
  }
  json.end_object();
  return std::move(json).take();
}

void write_ids(http::JsonWriter& json, http::JsonName name, const std::vector<core::Uuid>& ids) {
  json.key(name);
  json.begin_array();
  for (const core::Uuid& id : ids)
    json.id(id);
  json.end_array();
}

/// Gathers the rows of the changes.
class ChangesBuilder {
 public:
  explicit ChangesBuilder(const ChangesQuery& query) : query_(query) {
    json_.begin_object();
    json_.key("tasks");
    json_.begin_array();
  }

  void add(const db::Row& row) {
    last_seen_ = row.timestamp(0);
    if (row.is_null(1)) return;
    const core::Uuid list_id = row.uuid(1);
    if (next_.lists.empty() || next_.lists.rbegin()->first != list_id) begin_list(list_id, row);
    if (row.is_null(4) || is_cut_) return;
    if (count_ == kMaxChanges) {
      cut();
      return;
    }
    ++count_;
    delivered_seq_ = row.integer(4);
    const TaskView task = read_task(row, kFirstTaskColumn);
    if (task.deleted_at) {
      deleted_.push_back(task.task_id);
    } else {
      write_task(json_, task);
    }
  }

  ListAnswer finish() && {
    if (!last_seen_) return {};
    if (needs_reset_) return {last_seen_, reset_body(query_.text)};
    json_.end_array();
    write_ids(json_, "deleted", deleted_);
    write_ids(json_, "removed_lists", removed_lists());
    for (const core::Uuid& list_id : omitted_)
      next_.lists.erase(list_id);
    json_.member("since", next_.encode());
    json_.member("more", is_cut_);
    json_.member("reset", false);
    json_.end_object();
    return {last_seen_, std::move(json_).take()};
  }

 private:
  /// The mark stays as it came, so that a client that overlooks `reset` is told again.
  static std::string reset_body(std::string_view since) {
    http::JsonWriter json;
    json.begin_object();
    write_ids(json, "tasks", {});
    write_ids(json, "deleted", {});
    write_ids(json, "removed_lists", {});
    json.member("since", since);
    json.member("more", false);
    json.member("reset", true);
    json.end_object();
    return std::move(json).take();
  }

  void begin_list(const core::Uuid& list_id, const db::Row& row) {
    const std::int64_t seq = row.integer(2);
    const std::int64_t purged_seq = row.integer(3);
    const auto known = query_.since.lists.find(list_id);
    const bool is_known = known != query_.since.lists.end();
    // Where the list stands for the client if nothing more of it is delivered.
    before_ = is_known ? known->second : ListMark{0, purged_seq};
    delivered_seq_.reset();
    if (is_known && is_useless(before_, seq, purged_seq)) needs_reset_ = true;
    if (is_cut_ && !is_known) omitted_.push_back(list_id);
    next_.lists.emplace_hint(next_.lists.end(), list_id, is_cut_ ? before_ : ListMark{seq, 0});
  }

  static bool is_useless(const ListMark& mark, std::int64_t seq, std::int64_t purged_seq) {
    const bool is_ahead = mark.seq > seq || mark.purged_before > seq;
    return is_ahead || std::max(mark.seq, mark.purged_before) < purged_seq;
  }

  /// The current list has more than fits: it is known up to the last task delivered.
  void cut() {
    is_cut_ = true;
    ListMark mark = before_;
    if (delivered_seq_) mark.seq = *delivered_seq_;
    next_.lists.rbegin()->second = mark;
  }

  [[nodiscard]] std::vector<core::Uuid> removed_lists() const {
    std::vector<core::Uuid> removed;
    for (const auto& [list_id, mark] : query_.since.lists) {
      if (!next_.lists.contains(list_id)) removed.push_back(list_id);
    }
    return removed;
  }

  const ChangesQuery& query_;
  http::JsonWriter json_;
  std::optional<core::Timestamp> last_seen_;
  SinceMark next_;
  std::vector<core::Uuid> deleted_;
  /// Lists after the cut that the client does not know: they stay out of its mark.
  std::vector<core::Uuid> omitted_;
  ListMark before_;
  std::optional<std::int64_t> delivered_seq_;
  int count_ = 0;
  bool is_cut_ = false;
  bool needs_reset_ = false;
};

}  // namespace

ListAnswer read_task_changes(db::Database& database,
                             const auth::SessionParameters& session,
                             const ChangesQuery& query,
                             core::Deadline deadline) {
  const std::string marks = marks_as_json(query.since);
  ListAnswer answer;
  database.read_one(
      [&](db::Transaction& transaction) {
        ChangesBuilder builder(query);
        transaction.query(
            kTaskChanges, [&](const db::Row& row) { builder.add(row); }, session.session_id,
            session.now, session.idle_cutoff, marks, kMaxChanges + 1);
        answer = std::move(builder).finish();
      },
      deadline);
  return answer;
}

}  // namespace tms::handlers
