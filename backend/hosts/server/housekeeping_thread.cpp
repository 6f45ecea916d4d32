#include "backend/hosts/server/housekeeping_thread.h"

#include <exception>

#include "backend/auth/housekeeping.h"
#include "backend/email/outbox.h"
#include "backend/handlers/tasks/purge_trash.h"

namespace tms::hosts {
namespace {

constexpr std::chrono::hours kEvery{1};
constexpr std::chrono::seconds kTime{60};
// Long enough to look into what was sent, short enough not to collect addresses.
constexpr std::chrono::hours kKeepEndedMails{24};

}  // namespace

HousekeepingThread::HousekeepingThread(db::Database& database,
                                       const core::Clock& clock,
                                       const auth::ThrottleSettings& throttles,
                                       auth::SessionLimits sessions,
                                       EventLog& log)
    : database_(database),
      clock_(clock),
      throttles_(throttles),
      sessions_(sessions),
      log_(log),
      thread_([this] { run(); }) {}

HousekeepingThread::~HousekeepingThread() {
  {
    const std::scoped_lock lock(mutex_);
    stopped_ = true;
  }
  stopping_.notify_all();
  thread_.join();
}

void HousekeepingThread::run() {
  std::unique_lock lock(mutex_);
  while (!stopped_) {
    lock.unlock();
    clean();
    lock.lock();
    stopping_.wait_for(lock, kEvery, [this] { return stopped_; });
  }
}

void HousekeepingThread::clean() {
  const core::Timestamp now = clock_.now();
  const core::Deadline deadline = std::chrono::steady_clock::now() + kTime;
  try {
    auth::purge_expired(database_, now, throttles_, sessions_, deadline);
    email::Outbox::purge(database_, now - kKeepEndedMails);
    handlers::purge_trash(database_, now, deadline);
    handlers::purge_trash(database_, now, deadline);
  } catch (const std::exception& error) {
    log_.write(LogLevel::warn, "housekeeping failed", {{"reason", std::string_view(error.what())}});
  }
}

}  // namespace tms::hosts
