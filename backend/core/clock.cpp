#include "backend/core/clock.h"

#include <array>
#include <cstddef>
#include <cstring>
#include <span>
#include <string_view>

namespace tms::core {
namespace {

constexpr auto kPairs = [] {
  std::array<char, 200> digits{};
  for (std::size_t number = 0; number < 100; ++number) {
    digits[2 * number] = static_cast<char>('0' + number / 10);
    digits[2 * number + 1] = static_cast<char>('0' + number % 10);
  }
  return digits;
}();

/// Two digits of a number below 100. Answers hold two or three times for each task: snprintf was a fifth of the
/// instructions of a list.
void put_pair(char* place, unsigned number) {
  std::memcpy(place, kPairs.data() + std::size_t{2} * number, 2);
}

}  // namespace

void write_timestamp(std::span<char, kTimestampTextSize> place, Timestamp time) {
  constexpr std::string_view kForm = "0000-00-00T00:00:00.000000Z";
  static_assert(kForm.size() == kTimestampTextSize);
  char* text = place.data();
  std::memcpy(text, kForm.data(), kForm.size());
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const auto year = static_cast<unsigned>(static_cast<int>(date.year()));
  // A year beyond the promise gives a wrong text, and touches nothing else.
  put_pair(text, year / 100 % 100);
  put_pair(text + 2, year % 100);
  put_pair(text + 5, static_cast<unsigned>(date.month()));
  put_pair(text + 8, static_cast<unsigned>(date.day()));
  const auto of_day = static_cast<std::uint64_t>((time - day).count());
  const auto seconds = static_cast<unsigned>(of_day / 1'000'000);
  put_pair(text + 11, seconds / 3600);
  put_pair(text + 14, seconds / 60 % 60);
  put_pair(text + 17, seconds % 60);
  const auto micros = static_cast<unsigned>(of_day % 1'000'000);
  put_pair(text + 20, micros / 10'000);
  put_pair(text + 22, micros / 100 % 100);
  put_pair(text + 24, micros % 100);
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
