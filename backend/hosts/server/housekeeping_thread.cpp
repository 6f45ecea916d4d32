#include "backend/hosts/server/housekeeping_thread.h"

#include <chrono>

namespace tms::hosts {
namespace {

constexpr std::chrono::hours kEvery{1};
constexpr std::chrono::seconds kTime{60};

}  // namespace

HousekeepingThread::HousekeepingThread(const Housekeeping& housekeeping)
    : housekeeping_(housekeeping), thread_([this] { run(); }) {}

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
    housekeeping_.clean(std::chrono::steady_clock::now() + kTime);
    lock.lock();
    stopping_.wait_for(lock, kEvery, [this] { return stopped_; });
  }
}

}  // namespace tms::hosts
