#include "backend/validators/search_text.h"

#include <gtest/gtest.h>

#include "backend/tests/support/field_codes.h"

namespace tms::validators {
namespace {

using tests::code_of;
using tests::repeat;

TEST(SearchText, is_folded_and_not_trimmed) {
  EXPECT_EQ(std::get<std::string>(check_search_text(" MILK ")), " milk ");
}

TEST(SearchText, is_1_to_200_code_points) {
  EXPECT_EQ(code_of(check_search_text("")), "too_short");
  EXPECT_EQ(code_of(check_search_text(repeat("\U0001f600", 200))), "ok");
  EXPECT_EQ(code_of(check_search_text(repeat("x", 201))), "too_long");
}

TEST(SearchText, text_that_folds_to_nothing_is_too_short) {
  EXPECT_EQ(code_of(check_search_text("\u00ad")), "too_short");
  EXPECT_EQ(code_of(check_search_text("\u00ada")), "ok");
}

TEST(SearchText, control_characters_and_broken_utf8_are_refused) {
  EXPECT_EQ(code_of(check_search_text(std::string_view("a\0", 2))), "invalid");
  EXPECT_EQ(code_of(check_search_text("a\u0085")), "invalid");
  EXPECT_EQ(code_of(check_search_text("\xff")), "invalid");
  EXPECT_EQ(code_of(check_search_text("a\nb\tc")), "ok");
}

}  // namespace
}  // namespace tms::validators
