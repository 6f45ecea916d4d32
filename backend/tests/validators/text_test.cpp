#include "backend/validators/text.h"

#include <gtest/gtest.h>

#include <array>

namespace tms::validators {
namespace {

TEST(Trim, takes_the_white_space_of_javascript_from_both_ends) {
  // The list of ECMA-262: WhiteSpace and LineTerminator.
  for (const char* space :
       {"\t",     "\n",     "\v",     "\f",     "\r",     " ",      "\u00a0", "\u1680", "\u2000",
        "\u2001", "\u2002", "\u2003", "\u2004", "\u2005", "\u2006", "\u2007", "\u2008", "\u2009",
        "\u200a", "\u2028", "\u2029", "\u202f", "\u205f", "\u3000", "\ufeff"}) {
    const std::string text = std::string(space) + "a" + space + "b" + space + space;
    EXPECT_EQ(trim(text), std::string("a") + space + "b") << testing::PrintToString(text);
    EXPECT_EQ(trim(space), "");
  }
}

TEST(Trim, leaves_what_javascript_leaves) {
  for (const char* text : {"\u200b", "\u180e", "\u0085", "\u2060", "a", "\u00e9"}) {
    EXPECT_EQ(trim(text), text) << testing::PrintToString(text);
  }
  EXPECT_EQ(trim(""), "");
}

TEST(CountCodePoints, counts_characters_and_not_bytes) {
  EXPECT_EQ(count_code_points(""), 0U);
  EXPECT_EQ(count_code_points("a\u00e9\u20ac\U0001f600"), 4U);
}

TEST(Casefold, makes_texts_equal_that_differ_in_case_width_or_composition) {
  EXPECT_EQ(casefold("STRASSE"), casefold("Stra\u00dfe"));
  EXPECT_EQ(casefold("\u00c9t\u00e9"), casefold("e\u0301te\u0301"));
  EXPECT_EQ(casefold("\uff21\uff22"), "ab");
  EXPECT_EQ(casefold("\u03a3\u03c3\u03c2"), "\u03c3\u03c3\u03c3");
  EXPECT_EQ(casefold("a\u00adb"), "ab");
}

TEST(Casefold, of_a_folded_text_changes_nothing) {
  for (const char* text :
       {"Hello", "\u0130stanbul", "\ufb01n", "\u1e9e", "\ufdfa", "A\u030a", "\u2126"}) {
    const std::string folded = casefold(text);
    EXPECT_EQ(casefold(folded), folded) << text;
  }
}

TEST(NormalizeNfkc, keeps_case_and_joins_what_belongs_together) {
  EXPECT_EQ(normalize_nfkc("Cafe\u0301"), "Caf\u00e9");
  EXPECT_EQ(normalize_nfkc("\uff21b"), "Ab");
}

TEST(ForbiddenControl, finds_every_c0_and_c1_control_and_delete) {
  for (std::uint32_t value = 0; value <= 0x9f; ++value) {
    if (value >= 0x20 && value < 0x7f) continue;
    std::string text = "a";
    if (value < 0x80) {
      text.push_back(static_cast<char>(value));
    } else {
      text.push_back('\xc2');
      text.push_back(static_cast<char>(value));
    }
    text += "b";
    EXPECT_TRUE(has_forbidden_control(text, Controls::none)) << value;
    const bool is_allowed = value == '\n' || value == '\t';
    EXPECT_EQ(has_forbidden_control(text, Controls::line_feed_and_tab), !is_allowed) << value;
  }
}

TEST(ForbiddenControl, leaves_ordinary_text_alone) {
  EXPECT_FALSE(has_forbidden_control("a ~\u00a0\u00e9\U0001f600", Controls::none));
}

}  // namespace
}  // namespace tms::validators
