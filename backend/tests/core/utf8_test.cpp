#include "backend/core/utf8.h"

#include <gtest/gtest.h>

namespace tms::core {
namespace {

TEST(Utf8, well_formed_texts_are_valid) {
  for (const char* text : {"", "a", "\u0080", "\u07ff", "\u0800", "\xed\x9f\xbf", "\ue000",
                           "\uffff", "\U00010000", "\U0010ffff"}) {
    EXPECT_TRUE(is_valid_utf8(text)) << testing::PrintToString(text);
  }
  EXPECT_TRUE(is_valid_utf8(std::string_view("a\0b", 3)));
}

TEST(Utf8, ill_formed_texts_are_not) {
  for (const char* text :
       {"\x80", "\xbf", "\xc0\x80", "\xc1\xbf", "\xc2", "\xc2g", "\xe0\x80\x80", "\xe0\x9f\xbf",
        "\xe1\x80", "\xed\xa0\x80", "\xed\xbf\xbf", "\xf0\x80\x80\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xfe", "\xff", "ok\xff", "\xf0\x9f\x98"}) {
    EXPECT_FALSE(is_valid_utf8(text)) << testing::PrintToString(text);
  }
}

TEST(Utf8, first_code_point_tells_value_and_length) {
  const auto euro = first_code_point("\u20acx");
  ASSERT_TRUE(euro);
  EXPECT_EQ(euro->value, 0x20acU);
  EXPECT_EQ(euro->length, 3U);
  EXPECT_FALSE(first_code_point(""));
}

}  // namespace
}  // namespace tms::core
