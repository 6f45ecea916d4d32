#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tms::hosts {

/// A fixed number of threads with a bounded queue.
class WorkerPool {
 public:
  struct Task {
    /// Runs on a thread of the pool. Must not throw.
    std::function<void()> run;
    /// Runs instead when the task waited too long. Must not throw or wait.
    std::function<void()> expired;
  };

  struct Options {
    std::size_t threads;
    /// Tasks that may wait.
    std::size_t queue;
    /// Nothing: tasks wait as long as it takes.
    std::optional<std::chrono::milliseconds> max_wait;
  };

  explicit WorkerPool(const Options& options);

  /// As stop().
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  /// False when the queue is full or the pool stops; then neither function is ever called.
  /// Otherwise exactly one of them is called, once.
  [[nodiscard]] bool submit(Task task);

  [[nodiscard]] std::size_t queued() const;

  /// Takes no more tasks, finishes those that wait, and joins the threads.
  void stop();

 private:
  struct Waiting {
    Task task;
    std::chrono::steady_clock::time_point since;
  };

  void work();
  void expire_old_tasks(std::chrono::milliseconds max_wait);

  const std::size_t capacity_;
  mutable std::mutex mutex_;
  std::condition_variable work_;
  // Apart from work_, so that a notification for a worker is never taken by the reaper.
  std::condition_variable reaper_wakes_;
  std::deque<Waiting> queue_;
  /// Workers that wait for a task, or were woken for one and have not taken it yet.
  std::size_t idle_ = 0;
  /// Until a task has to wait.
  bool reaper_sleeps_ = false;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};

}  // namespace tms::hosts
