#pragma once

#include "backend/db/database.h"
#include "backend/validators/sort.h"

namespace tms::handlers {

/// The statement that reads a page in that order. Parameters: $1 to $3 the session, $4 status, $5
/// folded search text, $6 and $7 earliest and latest due date, $8 and $9 sort key and id after which
/// the page begins, $10 how many; $4 to $9 may be NULL ($8 only together with $9).
///
/// Rows: last_seen, list_id, seq, then kTaskColumns. Every list of the user comes at least once,
/// with NULLs for the task where it has none on the page; no lists, one row of NULLs.
const db::Statement& page_statement(validators::Sort sort);

/// The sort key of a task without a due date: after every date in either direction.
inline constexpr std::string_view kNoDueDateAscending = "~";
inline constexpr std::string_view kNoDueDateDescending = "";

}  // namespace tms::handlers
