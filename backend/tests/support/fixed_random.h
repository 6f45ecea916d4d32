#pragma once

#include <mutex>

#include "backend/core/random.h"

namespace tms::tests {

/// Bytes that count up: the same in every run, never twice the same block.
class FixedRandom final : public core::Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;

 private:
  std::mutex mutex_;
  std::uint64_t state_ = 0x9e3779b97f4a7c15U;
};

}  // namespace tms::tests
