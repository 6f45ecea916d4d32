#include "backend/core/clock.h"

#include <gtest/gtest.h>

namespace tms::core {
namespace {

TEST(FormatTimestamp, always_has_six_digits_and_z) {
  EXPECT_EQ(format_timestamp(from_micros(0)), "1970-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_timestamp(from_micros(1)), "1970-01-01T00:00:00.000001Z");
  EXPECT_EQ(format_timestamp(from_micros(1'773'307'800'123'450)), "2026-03-12T09:30:00.123450Z");
  EXPECT_EQ(format_timestamp(from_micros(1'709'251'199'999'999)), "2024-02-29T23:59:59.999999Z");
}

TEST(FormatTimestamp, covers_the_years_1_to_9999) {
  EXPECT_EQ(format_timestamp(from_micros(-62'135'596'800'000'000)), "0001-01-01T00:00:00.000000Z");
  EXPECT_EQ(format_timestamp(from_micros(-1)), "1969-12-31T23:59:59.999999Z");
  EXPECT_EQ(format_timestamp(from_micros(253'402'300'799'999'999)), "9999-12-31T23:59:59.999999Z");
}

TEST(Micros, go_there_and_back) {
  for (const std::int64_t micros :
       {std::int64_t{-1}, std::int64_t{0}, std::int64_t{1'773'307'800'123'450}}) {
    EXPECT_EQ(to_micros(from_micros(micros)), micros);
  }
}

TEST(SystemClock, tells_a_time_of_this_century) {
  EXPECT_GT(SystemClock().now(), from_micros(1'700'000'000'000'000));
}

}  // namespace
}  // namespace tms::core
