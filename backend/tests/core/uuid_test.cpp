#include "backend/core/uuid.h"

#include <gtest/gtest.h>

#include "backend/tests/support/fixed_random.h"

namespace tms::core {
namespace {

TEST(Uuid, version_7_begins_with_the_milliseconds_of_its_making) {
  tests::FixedRandom random;
  const Uuid uuid = Uuid::make_version_7(from_micros(0x0192'3456'789aLL * 1000 + 999), random);

  EXPECT_TRUE(uuid.to_string().starts_with("01923456-789a-7"));
  EXPECT_TRUE(uuid.is_version_7());
}

TEST(Uuid, text_and_back_is_the_same_id_in_either_case) {
  const auto lower = Uuid::parse("0192f0a1-7b2c-7def-8abc-0123456789ab");
  const auto upper = Uuid::parse("0192F0A1-7B2C-7DEF-8ABC-0123456789AB");

  ASSERT_TRUE(lower && upper);
  EXPECT_EQ(*lower, *upper);
  EXPECT_EQ(upper->to_string(), "0192f0a1-7b2c-7def-8abc-0123456789ab");
}

TEST(Uuid, only_the_dashed_form_is_read) {
  for (const char* text :
       {"", "0192f0a17b2c7def8abc0123456789ab", "0192f0a1-7b2c-7def-8abc-0123456789a",
        "0192f0a1-7b2c-7def-8abc-0123456789abc", "0192f0a1-7b2c-7def-8abc-0123456789ag",
        "{192f0a1-7b2c-7def-8abc-0123456789ab}", "0192f0a1_7b2c_7def_8abc_0123456789ab"}) {
    EXPECT_FALSE(Uuid::parse(text)) << text;
  }
}

TEST(Uuid, version_4_is_not_version_7) {
  EXPECT_FALSE(Uuid::parse("0192f0a1-7b2c-4def-8abc-0123456789ab")->is_version_7());
  EXPECT_FALSE(Uuid::parse("0192f0a1-7b2c-7def-cabc-0123456789ab")->is_version_7());
}

}  // namespace
}  // namespace tms::core
