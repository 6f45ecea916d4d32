#pragma once

#include <string_view>

#include "backend/db/database.h"
#include "backend/validators/sort.h"

namespace tms::handlers {

/// The statement that reads a page in that order. Parameters: $1 to $3 the session; $4 status, $5
/// folded search text, $6 and $7 earliest and latest due date, each NULL for all; $8 sort key and $9
/// id after which the page begins (before every task for the first page, see below); $10 how many.
///
/// Rows: last_seen, list_id, seq, then kTaskColumns, in the order of the list. Every list of the
/// user comes at least once, with NULLs for the task where it has none on the page; no lists, one
/// row of NULLs. Each list gives up to $10 tasks, so with several lists there may be more than $10.
const db::Statement& page_statement(validators::Sort sort);

/// The sort key of a task without a due date: after every date in either direction.
inline constexpr std::string_view kNoDueDateAscending = "~";
inline constexpr std::string_view kNoDueDateDescending = "";

}  // namespace tms::handlers
