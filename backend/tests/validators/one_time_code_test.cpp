#include "backend/validators/one_time_code.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;

TEST(OneTimeCode, spaces_and_hyphens_do_not_count) {
  for (const char* text :
       {"01234567", "0123 4567", "0123-4567", " 0 1 2 3 4 5 6 7 ", "--0123--4567--"}) {
    EXPECT_EQ(std::get<std::string>(check_one_time_code(text)), "01234567") << text;
  }
}

TEST(OneTimeCode, anything_but_eight_digits_is_refused) {
  for (const char* text :
       {"", " ", "1234567", "123456789", "1234567a", "1234.5678", "+12345678", "1234\t5678",
        "\uff11\uff12\uff13\uff14\uff15\uff16\uff17\uff18", "1234\u00a05678"}) {
    EXPECT_EQ(code_of(check_one_time_code(text)), "invalid") << text;
  }
  EXPECT_EQ(code_of(check_one_time_code(std::string(57, ' ') + "12345678")), "invalid");
  EXPECT_EQ(code_of(check_one_time_code(std::string(56, ' ') + "12345678")), "ok");
}

}  // namespace
}  // namespace tms::validators
