#pragma once

#include "backend/auth/session_check.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/list_query.h"
#include "backend/handlers/tasks/task_page.h"

namespace tms::handlers {

/// Tasks in one answer, changed and deleted ones together.
inline constexpr int kMaxChanges = 500;

/// What changed since the mark: one statement, one snapshot. Lists are gone through in the order of
/// their ids, each in the order of its numbers; a list that the mark does not know comes whole.
///
/// Answers `reset` when the mark is of no use: tasks were purged that it does not know to be
/// deleted, or it is ahead of the list, as after a restored backup.
ListAnswer read_task_changes(db::Database& database,
                             const auth::SessionParameters& session,
                             const ChangesQuery& query,
                             core::Deadline deadline);

}  // namespace tms::handlers
