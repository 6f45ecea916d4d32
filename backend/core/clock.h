#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tms::core {

/// UTC, whole microseconds since 1970.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// The moment after which nobody waits for an answer any more.
using Deadline = std::chrono::steady_clock::time_point;

/// Microseconds since 1970, as both databases store a time.
constexpr std::int64_t to_micros(Timestamp time) {
  return time.time_since_epoch().count();
}
constexpr Timestamp from_micros(std::int64_t micros) {
  return Timestamp(std::chrono::microseconds(micros));
}

/// RFC 3339 in UTC with exactly six digits of fraction, such as 2026-03-12T09:30:00.000000Z.
/// `time` must lie in the years 0001 to 9999.
std::string format_timestamp(Timestamp time);

/// Length of that text.
constexpr std::size_t kTimestampTextSize = 27;

/// Writes it, for callers that want no string of it.
void write_timestamp(std::span<char, kTimestampTextSize> place, Timestamp time);

/// Where the application gets the time from. Safe to use on many threads.
class Clock {
 public:
  virtual ~Clock() = default;
  [[nodiscard]] virtual Timestamp now() const = 0;
};

/// The machine's wall clock.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Timestamp now() const override;
};

}  // namespace tms::core
