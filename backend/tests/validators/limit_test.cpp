#include "backend/validators/limit.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(Limit, is_1_to_200) {
  EXPECT_EQ(std::get<int>(check_limit("1")), 1);
  EXPECT_EQ(std::get<int>(check_limit("200")), 200);
  EXPECT_EQ(code_of(check_limit("0")), "out_of_range");
  EXPECT_EQ(code_of(check_limit("201")), "out_of_range");
  EXPECT_EQ(code_of(check_limit("99999999999999999999")), "out_of_range");
}

TEST(Limit, what_is_no_plain_number_is_of_the_wrong_type) {
  for (const char* text : {"", " 1", "1 ", "+1", "-1", "1.0", "1e2", "0x10", "050", "ten"}) {
    EXPECT_EQ(code_of(check_limit(text)), "type") << text;
  }
}

}  // namespace
}  // namespace tms::validators
