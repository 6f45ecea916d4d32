#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "backend/hosts/app/housekeeping.h"

namespace tms::hosts {

/// Housekeeping, once at start and then hourly.
class HousekeepingThread {
 public:
  explicit HousekeepingThread(const Housekeeping& housekeeping);

  /// Ends after the statement in progress.
  ~HousekeepingThread();
  HousekeepingThread(const HousekeepingThread&) = delete;
  HousekeepingThread& operator=(const HousekeepingThread&) = delete;

 private:
  void run();

  Housekeeping housekeeping_;
  std::mutex mutex_;
  std::condition_variable stopping_;
  bool stopped_ = false;
  std::thread thread_;
};

}  // namespace tms::hosts
