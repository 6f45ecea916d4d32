#pragma once

#include <atomic>

#include "backend/core/clock.h"

namespace tms::tests {

/// A clock that moves only when a test says so. Starts on 2026-03-12T09:30:00Z.
class ManualClock final : public core::Clock {
 public:
  [[nodiscard]] core::Timestamp now() const override { return core::from_micros(micros_.load()); }

  void advance(std::chrono::microseconds by) { micros_ += by.count(); }
  void set(core::Timestamp time) { micros_ = core::to_micros(time); }

 private:
  std::atomic<std::int64_t> micros_{1'773'307'800'000'000};
};

}  // namespace tms::tests
