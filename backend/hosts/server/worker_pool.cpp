#include "backend/hosts/server/worker_pool.h"

#include <utility>

namespace tms::hosts {

WorkerPool::WorkerPool(const Options& options) : capacity_(options.queue) {
  threads_.reserve(options.threads + 1);
  for (std::size_t index = 0; index < options.threads; ++index) {
    threads_.emplace_back([this] { work(); });
  }
  if (options.max_wait) {
    threads_.emplace_back([this, max_wait = *options.max_wait] { expire_old_tasks(max_wait); });
  }
}

WorkerPool::~WorkerPool() {
  stop();
}

bool WorkerPool::submit(Task task) {
  const std::scoped_lock lock(mutex_);
  if (stopping_ || queue_.size() >= capacity_) return false;
  queue_.push_back({std::move(task), std::chrono::steady_clock::now()});
  // A task that a thread is about to take does not grow old: for most requests the reaper sleeps on.
  if (reaper_sleeps_ && queue_.size() > idle_) reaper_wakes_.notify_one();
  work_.notify_one();
  return true;
}

std::size_t WorkerPool::queued() const {
  const std::scoped_lock lock(mutex_);
  return queue_.size();
}

void WorkerPool::stop() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  work_.notify_all();
  reaper_wakes_.notify_all();
  for (std::thread& thread : threads_) {
    if (thread.joinable()) thread.join();
  }
}

void WorkerPool::work() {
  std::unique_lock lock(mutex_);
  while (true) {
    ++idle_;
    work_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
    --idle_;
    if (queue_.empty()) return;
    const Task task = std::move(queue_.front().task);
    queue_.pop_front();
    lock.unlock();
    task.run();
    lock.lock();
  }
}

// The workers cannot do this: when it matters, all of them are stuck.
void WorkerPool::expire_old_tasks(std::chrono::milliseconds max_wait) {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (queue_.empty()) {
      reaper_sleeps_ = true;
      reaper_wakes_.wait(lock);
      reaper_sleeps_ = false;
      continue;
    }
    // The queue is in order of age, so the first task is the next to expire.
    const auto expires = queue_.front().since + max_wait;
    if (std::chrono::steady_clock::now() < expires) {
      reaper_wakes_.wait_until(lock, expires);
      continue;
    }
    const Task task = std::move(queue_.front().task);
    queue_.pop_front();
    lock.unlock();
    task.expired();
    lock.lock();
  }
}

}  // namespace tms::hosts
