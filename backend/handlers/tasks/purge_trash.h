#pragma once

#include <chrono>
#include <cstdint>

#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::handlers {

/// How long a deleted task can be restored.
inline constexpr std::chrono::hours kTrashLife{24 * 30};

/// Tasks of one transaction: other writers wait no longer than that takes.
inline constexpr int kPurgeBatch = 500;

/// Deletes for good what has lain in the trash longer than kTrashLife, list by list in short
/// transactions, and raises the list's purged_seq, so that a client that has not heard of these
/// deletions yet is told to start again. Returns how many tasks went. To be called about hourly.
std::int64_t purge_trash(db::Database& database,
                         core::Timestamp now,
                         core::Deadline deadline,
                         int batch = kPurgeBatch);

}  // namespace tms::handlers
