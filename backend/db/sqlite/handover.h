#pragma once

#include <condition_variable>
#include <exception>
#include <mutex>
#include <utility>

#include "backend/core/clock.h"

namespace tms::db::sqlite {

/// Tells a waiting thread how its job ended. Unlike a std::promise it moves the exception over, so
/// that the thread that threw it keeps no reference to what the other one reads and destroys.
class Handover {
 public:
  void tell(std::exception_ptr error) {
    {
      const std::scoped_lock lock(mutex_);
      error_ = std::move(error);
      told_ = true;
    }
    told_now_.notify_one();
  }

  /// False when `deadline` came first.
  bool wait_until(core::Deadline deadline) {
    std::unique_lock lock(mutex_);
    return told_now_.wait_until(lock, deadline, [this] { return told_; });
  }

  /// Waits, and throws the error if there is one.
  void get() {
    std::exception_ptr error;
    {
      std::unique_lock lock(mutex_);
      told_now_.wait(lock, [this] { return told_; });
      error = std::move(error_);
    }
    if (error) std::rethrow_exception(std::move(error));
  }

 private:
  std::mutex mutex_;  // guards everything below
  std::condition_variable told_now_;
  bool told_ = false;
  std::exception_ptr error_;
};

}  // namespace tms::db::sqlite
