#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/db/database.h"
#include "backend/hosts/app/event_log.h"

namespace tms::hosts {

/// Deletes what nobody needs any longer, once at start and then hourly: ended sessions and flows,
/// old counters, mails that left, tasks long in the trash. Nothing that is checked depends on it.
class HousekeepingThread {
 public:
  HousekeepingThread(db::Database& database,
                     const core::Clock& clock,
                     const auth::ThrottleSettings& throttles,
                     auth::SessionLimits sessions,
                     EventLog& log);

  /// Ends after the statement in progress.
  ~HousekeepingThread();
  HousekeepingThread(const HousekeepingThread&) = delete;
  HousekeepingThread& operator=(const HousekeepingThread&) = delete;

 private:
  void run();
  void clean();

  db::Database& database_;
  const core::Clock& clock_;
  const auth::ThrottleSettings& throttles_;
  auth::SessionLimits sessions_;
  EventLog& log_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace tms::hosts
