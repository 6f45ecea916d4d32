#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>

namespace tms::db::postgres {

/// A thread for writes that nobody waits for, started with the first one. What does not fit into
/// its short queue is dropped.
class BackgroundWriter {
 public:
  explicit BackgroundWriter(std::size_t limit) : limit_(limit) {}
  /// Runs what is queued, as far as it succeeds, then ends the thread.
  ~BackgroundWriter();
  BackgroundWriter(const BackgroundWriter&) = delete;
  BackgroundWriter& operator=(const BackgroundWriter&) = delete;

  void add(std::function<void()> task);

 private:
  void run_tasks();

  std::size_t limit_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable filled_;
  std::deque<std::function<void()>> tasks_;
  bool closed_ = false;
  std::thread thread_;
};

}  // namespace tms::db::postgres
