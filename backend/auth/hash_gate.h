#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>

#include "backend/core/clock.h"

namespace tms::auth {

/// All cores but one, at least one: hashing must not slow those who only read.
std::size_t hashes_at_once();

/// Lets a number of threads hash at the same time and keeps the others waiting.
class HashGate {
 public:
  explicit HashGate(std::size_t at_once) : free_(at_once) {}

  /// A place at the hashing, given back on destruction.
  class Pass {
   public:
    /// Waits for a place; throws db::Unavailable (overloaded) when `deadline` comes first.
    Pass(HashGate& gate, core::Deadline deadline);
    ~Pass();
    Pass(const Pass&) = delete;
    Pass& operator=(const Pass&) = delete;

   private:
    HashGate& gate_;
  };

 private:
  std::mutex mutex_;
  std::condition_variable place_free_;
  std::size_t free_;
};

}  // namespace tms::auth
