#include "backend/validators/password.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;
using tests::repeat;

TEST(NewPassword, is_at_least_8_code_points) {
  EXPECT_EQ(code_of(check_new_password("1234567")), "too_short");
  EXPECT_EQ(code_of(check_new_password("12345678")), "ok");
  EXPECT_EQ(code_of(check_new_password(repeat("\U0001f600", 7))), "too_short");
  EXPECT_EQ(code_of(check_new_password(repeat("\U0001f600", 8))), "ok");
}

TEST(NewPassword, is_at_most_1024_bytes) {
  EXPECT_EQ(code_of(check_new_password(std::string(64, 'x'))), "ok");
  EXPECT_EQ(code_of(check_new_password(std::string(1024, 'x'))), "ok");
  EXPECT_EQ(code_of(check_new_password(std::string(1025, 'x'))), "too_long");
  EXPECT_EQ(code_of(check_new_password(std::string(1'000'000, 'x'))), "too_long");
}

TEST(NewPassword, length_counts_after_normalising) {
  // Seven letters with combining accents are seven code points once composed.
  EXPECT_EQ(code_of(check_new_password(repeat("e\u0301", 7))), "too_short");
  // U+FDFA becomes 18 code points.
  EXPECT_EQ(code_of(check_new_password("\ufdfa")), "ok");
  EXPECT_EQ(code_of(check_new_password(repeat("\ufdfa", 300))), "too_long");
}

TEST(NewPassword, two_ways_of_typing_it_are_one_password) {
  EXPECT_EQ(std::get<std::string>(check_new_password("cafe\u0301cafe\u0301")),
            std::get<std::string>(check_new_password("caf\u00e9caf\u00e9")));
}

TEST(NewPassword, spaces_and_case_are_kept) {
  EXPECT_EQ(std::get<std::string>(check_new_password("  My Pass phrase  ")), "  My Pass phrase  ");
}

TEST(NewPassword, has_no_rules_of_composition) {
  for (const char* text : {"aaaaaaaaaaaa", "        ", "абвгдежз", "correct horse"}) {
    EXPECT_EQ(code_of(check_new_password(text)), "ok") << text;
  }
}

TEST(NewPassword, what_is_no_text_is_refused) {
  EXPECT_EQ(code_of(check_new_password("")), "required");
  EXPECT_EQ(code_of(check_new_password("1234567\xff")), "invalid");
  EXPECT_EQ(code_of(check_new_password(std::string_view("1234\0005678", 9))), "invalid");
  EXPECT_EQ(code_of(check_new_password("12345678\n")), "invalid");
}

TEST(CurrentPassword, may_be_short_but_not_empty_or_huge) {
  EXPECT_EQ(code_of(check_current_password("x")), "ok");
  EXPECT_EQ(code_of(check_current_password("")), "required");
  EXPECT_EQ(code_of(check_current_password(std::string(1025, 'x'))), "too_long");
}

}  // namespace
}  // namespace tms::validators
