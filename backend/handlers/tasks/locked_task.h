#pragma once

#include <cstdint>
#include <optional>

#include "backend/auth/session_check.h"
#include "backend/core/error.h"
#include "backend/db/database.h"
#include "backend/handlers/tasks/task.h"

namespace tms::handlers {

/// What a write finds once it holds the list of its task.
struct LockedTask {
  /// When the session was last seen; nothing without a live session.
  std::optional<core::Timestamp> last_seen;
  std::int64_t user_id = 0;
  /// The task, in the trash or not; nothing when it is not there or not the caller's.
  std::optional<Task> task;
  bool may_write = false;
  /// The number that this write takes in the list; set when may_write.
  std::optional<std::int64_t> seq;
};

/// Takes the next number of the task's list, and with it the lock of that list's row, then reads
/// the task under the lock: one round trip. So the writers of a list stand in line, and its numbers
/// become visible in their order. A transaction that writes nothing afterwards must roll back.
LockedTask lock_task(db::Transaction& transaction,
                     const auth::SessionParameters& session,
                     const core::Uuid& task_id);

/// Why this caller may not write: not_signed_in, not_found or read_only, in this order.
std::optional<core::Error> refusal(const LockedTask& locked);

}  // namespace tms::handlers
