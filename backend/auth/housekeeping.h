#pragma once

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::auth {

/// Deletes what has ended: sessions, code flows, sign-ups never confirmed, counters. Rights and
/// lifetimes never depend on it, because they are checked at use (row 2 of the security
/// checklist). To be called about hourly.
void purge_expired(db::Database& database,
                   core::Timestamp now,
                   const ThrottleSettings& throttles,
                   const SessionLimits& sessions,
                   core::Deadline deadline);

}  // namespace tms::auth
