#include "backend/validators/description.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;
using tests::repeat;

TEST(Description, is_trimmed_and_folded) {
  const auto description = std::get<Description>(check_description("\u3000 Buy\n\tMILK \ufeff"));
  EXPECT_EQ(description.text, "Buy\n\tMILK");
  EXPECT_EQ(description.folded, "buy\n\tmilk");
}

TEST(Description, of_nothing_but_space_is_too_short) {
  for (const char* text : {"", " ", "\n", "\u00a0\u2003"}) {
    EXPECT_EQ(code_of(check_description(text)), "too_short");
  }
}

TEST(Description, length_is_counted_in_code_points_after_trimming) {
  EXPECT_EQ(code_of(check_description("x")), "ok");
  EXPECT_EQ(code_of(check_description(repeat("\U0001f600", 2000))), "ok");
  EXPECT_EQ(code_of(check_description("  " + repeat("x", 2000) + "  ")), "ok");
  EXPECT_EQ(code_of(check_description(repeat("x", 2001))), "too_long");
}

TEST(Description, control_characters_are_refused) {
  EXPECT_EQ(code_of(check_description(std::string_view("a\0b", 3))), "invalid");
  for (const char* text : {"a\rb", "a\x1b[31mb", "a\x7f", "a\u0085b", "a\u009bb"}) {
    EXPECT_EQ(code_of(check_description(text)), "invalid");
  }
}

TEST(Description, bytes_that_are_no_utf8_are_refused) {
  for (const char* text : {"\xff", "a\xc3", "\xc0\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80"}) {
    EXPECT_EQ(code_of(check_description(text)), "invalid");
  }
}

}  // namespace
}  // namespace tms::validators
