#pragma once

#include <optional>
#include <string>

#include "backend/auth/session_check.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/list_query.h"

namespace tms::handlers {

/// The answer to a list call, once read.
struct ListAnswer {
  /// Nothing without a live session; then there is no body.
  std::optional<core::Timestamp> last_seen;
  std::string body;
};

/// One page with the mark of its moment: the page and the numbers of the lists come from one snapshot,
/// which on PostgreSQL is that of one statement. A write takes its number and its list's lock before it changes a task, so what the
/// snapshot does not hold has a higher number, and no change is missed between page and mark.
ListAnswer read_task_page(db::Database& database,
                          const auth::SessionParameters& session,
                          const PageQuery& query,
                          core::Deadline deadline);

}  // namespace tms::handlers
