#pragma once

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/hosts/app/event_log.h"

namespace tms::hosts {

/// Deletes what nobody needs any longer: ended sessions and flows, old counters, mails that left, tasks
/// long in the trash. Nothing that is checked depends on it.
class Housekeeping {
 public:
  /// All of it outlives this.
  Housekeeping(db::Database& database,
               const core::Clock& clock,
               const auth::ThrottleSettings& throttles,
               const auth::SessionLimits& sessions,
               EventLog& log)
      : database_(database), clock_(clock), throttles_(throttles), sessions_(sessions), log_(log) {}

  /// What is not done by `deadline` is the next call's; mails have a limit of their own. A failure is logged.
  void clean(core::Deadline deadline) const;

 private:
  db::Database& database_;
  const core::Clock& clock_;
  const auth::ThrottleSettings& throttles_;
  const auth::SessionLimits& sessions_;
  EventLog& log_;
};

}  // namespace tms::hosts
