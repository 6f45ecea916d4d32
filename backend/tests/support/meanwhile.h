#pragma once

#include <functional>
#include <utility>

#include "backend/tests/support/fixed_random.h"

namespace tms::tests {

/// Does something just before a hash is made: hashing asks for a salt.
class Meanwhile final : public core::Random {
 public:
  explicit Meanwhile(std::function<void()> action) : action_(std::move(action)) {}
  void fill(std::span<std::uint8_t> bytes) override {
    if (armed) action_();
    inner_.fill(bytes);
  }
  bool armed = false;

 private:
  std::function<void()> action_;
  FixedRandom inner_;
};

}  // namespace tms::tests
