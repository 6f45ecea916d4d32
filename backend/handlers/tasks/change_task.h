#pragma once

#include <optional>
#include <string>

#include "backend/auth/session_check.h"
#include "backend/core/function_ref.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/task.h"
#include "backend/http/request.h"

namespace tms::handlers {

/// A task while a handler changes it.
struct TaskDraft {
  Task task;
  /// Set when the description changes.
  std::optional<std::string> description_folded;
  core::Timestamp now;
};

/// Changes the draft and tells whether there is anything to store, or refuses. May be called again
/// with a fresh draft, so it has no other effect.
using TaskChange = core::FunctionRef<core::Result<bool>(TaskDraft&)>;

/// The way of every write to a task that exists: takes the list's next number and lock, checks
/// session and role, lets `change` decide about the task as it is now, and stores what came out
/// with the next version; at most two round trips. A refusal or a change of nothing writes nothing.
/// Errors: not_signed_in, not_found, read_only, and those of `change`.
core::Result<Task> change_task(db::Database& database,
                               const auth::SessionCheck& session_check,
                               const http::Request& request,
                               TaskChange change);

}  // namespace tms::handlers
