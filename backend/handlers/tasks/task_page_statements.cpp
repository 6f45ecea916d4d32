#include "backend/handlers/tasks/task_page_statements.h"

#include "backend/auth/session_check.h"
#include "backend/core/static_text.h"
#include "backend/handlers/tasks/task.h"

namespace tms::handlers {
namespace {

using core::join;

// `membership` is the membership predicate: tasks are reached through it alone.
constexpr std::string_view kPageBegin = R"sql(, membership as (
  select m.list_id, l.seq
  from session s
  join list_members m on m.user_id = s.user_id
  join lists l on l.list_id = m.list_id
), page as (
  select )sql";
constexpr std::string_view kKeyColumn = ", ";
constexpr std::string_view kPageFrom = R"sql( as sort_key
  from membership k
  join tasks t on t.list_id = k.list_id
  where t.deleted_at is null
    and (t.status = $4 or $4 is null)
    and (t.due_date >= $6 or $6 is null)
    and (t.due_date <= $7 or $7 is null)
    and )sql";

// A plain search for bytes: LIKE would need escapes, and its cost depends on the pattern.
constexpr std::string_view kSearchPostgres = "(strpos(t.description_folded, $5) > 0 or $5 is null)";
constexpr std::string_view kSearchSqlite = "(instr(t.description_folded, $5) > 0 or $5 is null)";

constexpr std::string_view kAfterBegin = "\n    and (";
constexpr std::string_view kAfterGreater = " > $8 or (";
constexpr std::string_view kAfterLess = " < $8 or (";
constexpr std::string_view kAfterEnd = R"sql( = $8 and t.task_id > $9) or $9 is null)
  order by sort_key)sql";
constexpr std::string_view kAscending = "";
constexpr std::string_view kDescending = " desc";
constexpr std::string_view kPageEnd = R"sql(, t.task_id
  limit $10
)
select s.last_seen, k.list_id, k.seq, )sql";
constexpr std::string_view kAnswerFrom = R"sql(
from session s
left join membership k on true
left join page t on t.list_id = k.list_id
order by t.sort_key)sql";
constexpr std::string_view kAnswerEnd = ", t.task_id";

constexpr std::string_view kCreatedKey = "t.created_at";
constexpr std::string_view kUpdatedKey = "t.updated_at";
constexpr std::string_view kDueKey = "coalesce(t.due_date, '~')";
constexpr std::string_view kDueDescendingKey = "coalesce(t.due_date, '')";

template <const std::string_view& Search,
          const std::string_view& Key,
          const std::string_view& After,
          const std::string_view& Direction>
constexpr std::string_view kPage = join<auth::kSessionCte,
                                        kPageBegin,
                                        kTaskColumns,
                                        kKeyColumn,
                                        Key,
                                        kPageFrom,
                                        Search,
                                        kAfterBegin,
                                        Key,
                                        After,
                                        Key,
                                        kAfterEnd,
                                        Direction,
                                        kPageEnd,
                                        kTaskColumns,
                                        kAnswerFrom,
                                        Direction,
                                        kAnswerEnd>;

template <const std::string_view& Key,
          const std::string_view& After,
          const std::string_view& Direction>
constexpr db::Statement page(std::string_view name) {
  return {name, kPage<kSearchPostgres, Key, After, Direction>,
          kPage<kSearchSqlite, Key, After, Direction>};
}

constexpr db::Statement kByCreated =
    page<kCreatedKey, kAfterGreater, kAscending>("tasks_by_created");
constexpr db::Statement kByCreatedDescending =
    page<kCreatedKey, kAfterLess, kDescending>("tasks_by_created_desc");
constexpr db::Statement kByDue = page<kDueKey, kAfterGreater, kAscending>("tasks_by_due");
constexpr db::Statement kByDueDescending =
    page<kDueDescendingKey, kAfterLess, kDescending>("tasks_by_due_desc");
constexpr db::Statement kByUpdated =
    page<kUpdatedKey, kAfterGreater, kAscending>("tasks_by_updated");
constexpr db::Statement kByUpdatedDescending =
    page<kUpdatedKey, kAfterLess, kDescending>("tasks_by_updated_desc");

}  // namespace

const db::Statement& page_statement(validators::Sort sort) {
  switch (sort) {
    case validators::Sort::created:
      return kByCreated;
    case validators::Sort::due:
      return kByDue;
    case validators::Sort::due_descending:
      return kByDueDescending;
    case validators::Sort::updated:
      return kByUpdated;
    case validators::Sort::updated_descending:
      return kByUpdatedDescending;
    case validators::Sort::created_descending:
      break;
  }
  return kByCreatedDescending;
}

}  // namespace tms::handlers
