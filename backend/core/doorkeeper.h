#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

namespace tms::core {

/// Remembers which names were there lately, in 256 KB whatever their number: what is asked for once is
/// not worth a place in a cache. It may forget a name when another falls on the same slot, and takes one
/// for another once in two thousand million times; so it decides about cost, never about
/// truth. Safe on many threads, without a lock. The term is that of TinyLFU (Einziger, Friedman, Manes,
/// 2017).
class Doorkeeper {
 public:
  /// Whether the name was there before; now it was.
  [[nodiscard]] bool was_there(std::string_view name) {
    const std::uint64_t hash = std::hash<std::string_view>{}(name);
    // Nothing was there is 0, so no mark is.
    const auto mark = static_cast<std::uint32_t>(hash >> 32) | 1U;
    return slots_[hash % kSlots].exchange(mark, std::memory_order_relaxed) == mark;
  }

 private:
  static constexpr std::size_t kSlots = 65'536;

  std::array<std::atomic<std::uint32_t>, kSlots> slots_{};
};

}  // namespace tms::core
