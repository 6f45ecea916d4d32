#include "backend/tests/support/fixed_random.h"

namespace tms::tests {

void FixedRandom::fill(std::span<std::uint8_t> bytes) {
  const std::scoped_lock lock(mutex_);
  for (std::uint8_t& byte : bytes) {
    // splitmix64: well spread without a real generator's seed.
    state_ += 0x9e3779b97f4a7c15U;
    std::uint64_t mixed = state_;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    byte = static_cast<std::uint8_t>(mixed ^ (mixed >> 31U));
  }
}

}  // namespace tms::tests
