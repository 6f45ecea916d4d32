#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "backend/core/clock.h"

namespace tms::db::sqlite {

/// Work for the writer thread.
struct WriteJob {
  std::function<void()> run;
  /// Called once on the writer thread, when the job is durable (null) or has failed.
  std::function<void(std::exception_ptr)> complete;
  /// Not begun after this.
  core::Deadline deadline = core::Deadline::max();
  /// Runs outside of any transaction: migrations make their own.
  bool alone = false;
};

/// A bounded queue from many threads to one.
class WriteQueue {
 public:
  explicit WriteQueue(std::size_t limit) : limit_(limit) {}

  /// Returns a ticket for `remove`. Throws Unavailable(overloaded) when full or closed.
  std::uint64_t push(WriteJob job);

  /// True when the job was still waiting; then it will not run and is not completed.
  bool remove(std::uint64_t ticket);

  /// Waits for work and takes up to `most` jobs that may share a transaction. Empty when closed
  /// and drained. Throws std::bad_alloc and then keeps all jobs.
  std::vector<WriteJob> take(std::size_t most);

  /// No more jobs come in; those inside are still handed out.
  void close();

 private:
  struct Waiting {
    std::uint64_t ticket;
    WriteJob job;
  };

  std::size_t limit_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable filled_;
  std::deque<Waiting> waiting_;
  std::uint64_t next_ticket_ = 1;
  bool closed_ = false;
};

}  // namespace tms::db::sqlite
