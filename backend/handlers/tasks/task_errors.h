#pragma once

#include "backend/core/error.h"
#include "backend/handlers/tasks/task.h"

namespace tms::handlers {

/// 404, the same for a task or list that is not there, not the caller's, in the trash, or no id at all.
core::Error task_not_found();

/// 403 for a viewer of the list.
core::Error list_is_read_only();

/// 409 for an id that a task out of the caller's reach has. Tells nothing about that task.
core::Error task_id_taken();

/// 412 with the task as it is now.
core::Error version_conflict(const TaskView& current);

}  // namespace tms::handlers
