#pragma once

#include <string_view>

#include "backend/db/database.h"
#include "backend/validators/sort.h"

namespace tms::handlers {

/// The statement that reads a page in that order. Parameters: $1 to $3 the session; $4 sort key and
/// $5 id after which the page begins (for the first page before every task); $6 how many. With
/// filters also $7 status, $8 folded search text, $9 and $10 earliest and latest due date, each NULL
/// for all.
///
/// Rows: last_seen, list_id, seq, then kTaskColumns, in the order of the list. Every list of the
/// user comes at least once, with NULLs for the task where it has none on the page; no lists, one
/// row of NULLs. Each list gives up to $6 tasks, so with several lists there may be more than $6.
const db::Statement& page_statement(validators::Sort sort, bool has_filters);

/// For SQLite and people with one list, two quicker statements in one snapshot. This one finds the list.
/// Parameters: $1 to $3 the session. One row: user_id, last_seen, list_id, seq; or none, which says nothing
/// at all: then `page_statement` must be asked.
const db::Statement& only_list_statement();

/// And this one its tasks. Parameters: $1 user_id, $2 list_id, $3 unused, the others as `page_statement`.
/// Rows: kTaskColumns, in the order of the list, at most $6.
const db::Statement& only_list_page_statement(validators::Sort sort, bool has_filters);

/// The sort key of a task without a due date: after every date in either direction.
inline constexpr std::string_view kNoDueDateAscending = "~";
// NOLINTNEXTLINE(readability-redundant-string-init): without it there is no text, and that binds NULL
inline constexpr std::string_view kNoDueDateDescending = "";

}  // namespace tms::handlers
