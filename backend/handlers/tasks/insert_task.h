#pragma once

#include <optional>
#include <string>

#include "backend/auth/session_check.h"
#include "backend/core/result.h"
#include "backend/core/uuid.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/task.h"
#include "backend/validators/description.h"
#include "backend/validators/status.h"

namespace tms::handlers {

/// What a client asks for, checked.
struct NewTask {
  std::optional<core::Uuid> task_id;
  /// Nothing: the caller's Inbox.
  std::optional<core::Uuid> list_id;
  validators::Description description;
  std::optional<std::string> due_date;
  validators::Status status = validators::Status::pending;
};

struct InsertedTask {
  Task task;
  /// False when a task of that id was there already; then `task` is that one.
  bool is_new = false;
};

/// Stores the task asked for (its task_id must be set) unless one of that id is there; at most two round
/// trips, save when somebody inserts the same id at the same moment. Errors: not_signed_in,
/// not_found (the list is not the caller's), read_only, task_id_taken.
core::Result<InsertedTask> insert_task(db::Database& database,
                                       const auth::SessionCheck& session_check,
                                       const auth::SessionParameters& session,
                                       const NewTask& asked,
                                       core::Deadline deadline);

}  // namespace tms::handlers
