#include "backend/core/clock.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <string_view>

namespace tms::core {
namespace {

/// Right-aligned, with leading zeros. Answers hold two or three times for each task: snprintf was a
/// fifth of the instructions of a list.
void put_digits(std::span<char> place, unsigned number) {
  for (std::size_t left = place.size(); left > 0; --left) {
    place[left - 1] = static_cast<char>('0' + number % 10);
    number /= 10;
  }
}

}  // namespace

void write_timestamp(std::span<char, kTimestampTextSize> place, Timestamp time) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000000Z";
  static_assert(kForm.size() == kTimestampTextSize);
  std::copy(kForm.begin(), kForm.end(), place.begin());
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  put_digits(place.subspan(0, 4), static_cast<unsigned>(static_cast<int>(date.year())));
  put_digits(place.subspan(5, 2), static_cast<unsigned>(date.month()));
  put_digits(place.subspan(8, 2), static_cast<unsigned>(date.day()));
  put_digits(place.subspan(11, 2), static_cast<unsigned>(clock.hours().count()));
  put_digits(place.subspan(14, 2), static_cast<unsigned>(clock.minutes().count()));
  put_digits(place.subspan(17, 2), static_cast<unsigned>(clock.seconds().count()));
  put_digits(place.subspan(20, 6), static_cast<unsigned>(clock.subseconds().count()));
}

std::string format_timestamp(Timestamp time) {
  std::string text(kTimestampTextSize, '0');
  write_timestamp(std::span<char, kTimestampTextSize>(text), time);
  return text;
}

Timestamp SystemClock::now() const {
  return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now());
}

}  // namespace tms::core
