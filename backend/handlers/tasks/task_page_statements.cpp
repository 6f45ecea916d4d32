#include "backend/handlers/tasks/task_page_statements.h"

#include "backend/auth/session_check.h"
#include "backend/core/static_text.h"
#include "backend/handlers/tasks/task.h"

namespace tms::handlers {
namespace {

using core::join;

// Tasks are reached through the memberships of the session's user alone: `m` is the predicate.
constexpr std::string_view kSelect = "select s.last_seen, l.list_id, l.seq, ";
constexpr std::string_view kFrom = R"sql(
from session s
left join list_members m on m.user_id = s.user_id
left join lists l on l.list_id = m.list_id
)sql";

// Each list gives its first $6, so that the default order reads no more than a page from the index
// tasks_by_created, however long the list is. SQLite, which knows no lateral join, picks ids first;
// then it also sorts ids instead of whole tasks where it must sort (measured with 10,000 tasks in
// the list: 0.16 ms in place of 11 ms by creation, 2.7 ms in place of 30 ms by due date).
constexpr std::string_view kPickPostgres = R"sql(left join lateral (
  select )sql";
constexpr std::string_view kPickSqlite = R"sql(left join tasks t on t.list_id = m.list_id
  and t.task_id in (
  select t.task_id)sql";
constexpr std::string_view kPickEndPostgres = "\n) t on true";
constexpr std::string_view kPickEndSqlite = "\n)";

constexpr std::string_view kWhere = R"sql(
  from tasks t
  where t.list_id = m.list_id
    and t.deleted_at is null
    and )sql";

// The first comparison bounds the index, the second takes out what the page before has shown.
constexpr std::string_view kNotBeforeAscending = " >= $4\n    and (";
constexpr std::string_view kNotBeforeDescending = " <= $4\n    and (";
constexpr std::string_view kAfterAscending = " > $4 or t.task_id > $5)";
constexpr std::string_view kAfterDescending = " < $4 or t.task_id > $5)";

// Statements of their own, because PostgreSQL's plan for any parameters takes these for so choosy
// that it would rather sort the whole list than follow the index.
constexpr std::string_view kFilters = R"sql(
    and (t.status = $7 or $7 is null)
    and (t.due_date >= $9 or $9 is null)
    and (t.due_date <= $10 or $10 is null)
    and )sql";
// A plain search for bytes: LIKE would need escapes, and its cost depends on the pattern.
constexpr std::string_view kSearchPostgres = "(strpos(t.description_folded, $8) > 0 or $8 is null)";
constexpr std::string_view kSearchSqlite = "(instr(t.description_folded, $8) > 0 or $8 is null)";

constexpr std::string_view kOrderPick = "\n  order by ";
constexpr std::string_view kOrder = "\norder by ";
constexpr std::string_view kAscendingById = ", t.task_id";
constexpr std::string_view kDescendingById = " desc, t.task_id";
constexpr std::string_view kLimit = "\n  limit $6";
constexpr std::string_view kNothing;

constexpr std::string_view kCreatedKey = "t.created_at";
constexpr std::string_view kUpdatedKey = "t.updated_at";
constexpr std::string_view kDueAscendingKey = "coalesce(t.due_date, '~')";
constexpr std::string_view kDueDescendingKey = "coalesce(t.due_date, '')";

/// The fragments in which the dialects differ, and filters or none.
template <const std::string_view& Begin,
          const std::string_view& Columns,
          const std::string_view& End,
          const std::string_view& Filters,
          const std::string_view& Search>
struct Shape {
  static constexpr const std::string_view& kBegin = Begin;
  static constexpr const std::string_view& kColumns = Columns;
  static constexpr const std::string_view& kEnd = End;
  static constexpr const std::string_view& kFilters = Filters;
  static constexpr const std::string_view& kSearch = Search;
};
using Postgres = Shape<kPickPostgres, kTaskColumns, kPickEndPostgres, kNothing, kNothing>;
using Sqlite = Shape<kPickSqlite, kNothing, kPickEndSqlite, kNothing, kNothing>;
using PostgresFiltered =
    Shape<kPickPostgres, kTaskColumns, kPickEndPostgres, kFilters, kSearchPostgres>;
using SqliteFiltered = Shape<kPickSqlite, kNothing, kPickEndSqlite, kFilters, kSearchSqlite>;

/// The fragments in which the orders differ.
template <const std::string_view& Key,
          const std::string_view& NotBefore,
          const std::string_view& After,
          const std::string_view& ById>
struct Order {
  static constexpr const std::string_view& kKey = Key;
  static constexpr const std::string_view& kNotBefore = NotBefore;
  static constexpr const std::string_view& kAfter = After;
  static constexpr const std::string_view& kById = ById;
};
template <const std::string_view& Key>
using Ascending = Order<Key, kNotBeforeAscending, kAfterAscending, kAscendingById>;
template <const std::string_view& Key>
using Descending = Order<Key, kNotBeforeDescending, kAfterDescending, kDescendingById>;

template <class S, class O>
constexpr std::string_view kPage = join<auth::kSessionCte,
                                        kSelect,
                                        kTaskColumns,
                                        kFrom,
                                        S::kBegin,
                                        S::kColumns,
                                        kWhere,
                                        O::kKey,
                                        O::kNotBefore,
                                        O::kKey,
                                        O::kAfter,
                                        S::kFilters,
                                        S::kSearch,
                                        kOrderPick,
                                        O::kKey,
                                        O::kById,
                                        kLimit,
                                        S::kEnd,
                                        kOrder,
                                        O::kKey,
                                        O::kById>;

// For SQLite and people with one list, which most are. Two small statements in one snapshot: the session
// with its only list, and then that list's tasks by the index, with no ids to pick and nothing to sort.
constexpr std::string_view kOnlyListSelect = R"sql(select s.user_id, s.last_seen, l.list_id, l.seq
from session s
join list_members m on m.user_id = s.user_id
join lists l on l.list_id = m.list_id
where not exists (
  select 1
  from list_members o
  where o.user_id = m.user_id
    and o.list_id <> m.list_id))sql";
constexpr db::Statement kOnlyList{"sqlite_only_list", join<auth::kSessionCte, kOnlyListSelect>};

// $3 is left out: the fragments count from $4 on. The membership again, although the list was found by it:
// no statement reads tasks by a list's id alone.
constexpr std::string_view kOnlySelect = "select ";
constexpr std::string_view kOnlyWhere = R"sql(
from tasks t
where t.list_id = (
    select m.list_id
    from list_members m
    where m.user_id = $1
      and m.list_id = $2)
  and t.deleted_at is null
  and )sql";

template <class S, class O>
constexpr std::string_view kOnlyPage = join<kOnlySelect,
                                            kTaskColumns,
                                            kOnlyWhere,
                                            O::kKey,
                                            O::kNotBefore,
                                            O::kKey,
                                            O::kAfter,
                                            S::kFilters,
                                            S::kSearch,
                                            kOrder,
                                            O::kKey,
                                            O::kById,
                                            kLimit>;

/// The statements of one order.
struct Statements {
  db::Statement plain;
  db::Statement filtered;
  db::Statement only_plain;
  db::Statement only_filtered;
};

struct Names {
  std::string_view plain;
  std::string_view filtered;
  std::string_view only_plain;
  std::string_view only_filtered;
};

template <class O>
constexpr Statements statements(const Names& names) {
  return {{names.plain, kPage<Postgres, O>, kPage<Sqlite, O>},
          {names.filtered, kPage<PostgresFiltered, O>, kPage<SqliteFiltered, O>},
          {names.only_plain, kOnlyPage<Sqlite, O>},
          {names.only_filtered, kOnlyPage<SqliteFiltered, O>}};
}

constexpr Statements kByCreated = statements<Ascending<kCreatedKey>>(
    {"tasks_by_created", "some_tasks_by_created", "sqlite_own_tasks_by_created",
     "sqlite_some_own_tasks_by_created"});
constexpr Statements kByCreatedDescending = statements<Descending<kCreatedKey>>(
    {"tasks_by_created_desc", "some_tasks_by_created_desc", "sqlite_own_tasks_by_created_desc",
     "sqlite_some_own_tasks_by_created_desc"});
constexpr Statements kByDue = statements<Ascending<kDueAscendingKey>>(
    {"tasks_by_due", "some_tasks_by_due", "sqlite_own_tasks_by_due",
     "sqlite_some_own_tasks_by_due"});
constexpr Statements kByDueDescending = statements<Descending<kDueDescendingKey>>(
    {"tasks_by_due_desc", "some_tasks_by_due_desc", "sqlite_own_tasks_by_due_desc",
     "sqlite_some_own_tasks_by_due_desc"});
constexpr Statements kByUpdated = statements<Ascending<kUpdatedKey>>(
    {"tasks_by_updated", "some_tasks_by_updated", "sqlite_own_tasks_by_updated",
     "sqlite_some_own_tasks_by_updated"});
constexpr Statements kByUpdatedDescending = statements<Descending<kUpdatedKey>>(
    {"tasks_by_updated_desc", "some_tasks_by_updated_desc", "sqlite_own_tasks_by_updated_desc",
     "sqlite_some_own_tasks_by_updated_desc"});

const Statements& statements_of(validators::Sort sort) {
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

}  // namespace

const db::Statement& page_statement(validators::Sort sort, bool has_filters) {
  const Statements& found = statements_of(sort);
  return has_filters ? found.filtered : found.plain;
}

const db::Statement& only_list_statement() {
  return kOnlyList;
}

const db::Statement& only_list_page_statement(validators::Sort sort, bool has_filters) {
  const Statements& found = statements_of(sort);
  return has_filters ? found.only_filtered : found.only_plain;
}

}  // namespace tms::handlers
