#include "backend/http/json_value.h"

#include <gtest/gtest.h>

namespace tms::http {
namespace {

TEST(ParseJson, reads_every_kind_of_value) {
  const auto parsed = parse_json(R"({"a":[1,-2.5,true,null,"x\u00e9\n"],"b":{}})");

  ASSERT_TRUE(parsed);
  const JsonArray& array = *parsed->find("a")->as_array();
  EXPECT_EQ(*array[0].as_integer(), 1);
  EXPECT_EQ(array[1].as_integer(), nullptr);
  EXPECT_TRUE(*array[2].as_bool());
  EXPECT_TRUE(array[3].is_null());
  EXPECT_EQ(*array[4].as_string(), "x\xc3\xa9\n");
  EXPECT_TRUE(parsed->find("b")->as_object()->empty());
}

TEST(ParseJson, refuses_what_is_not_strict_json) {
  for (const char* text : {"", "{", "{\"a\":1,}", "{a:1}", "[1 2]", "nul", "'x'", "{\"a\":1} x",
                           "// c\n1", "NaN", "01", "\"\x80\"", "\"\\ud800\"", "\"a\nb\"",
                           "\xef\xbb\xbf{}", "{\"a\":1,\"a\":2}", "{\"a\":1,\"\\u0061\":2}"}) {
    const auto parsed = parse_json(text);
    EXPECT_FALSE(parsed) << text;
  }
}

TEST(ParseJson, depth_ends_at_the_limit) {
  const auto nested = [](int depth) {
    return std::string(static_cast<std::size_t>(depth), '[') +
           std::string(static_cast<std::size_t>(depth), ']');
  };
  EXPECT_TRUE(parse_json(nested(kMaxJsonDepth)));
  EXPECT_FALSE(parse_json(nested(kMaxJsonDepth + 1)));
  EXPECT_FALSE(parse_json(std::string(100'000, '[')));
}

TEST(ParseJson, same_name_in_different_objects_is_fine) {
  EXPECT_TRUE(parse_json(R"([{"a":1},{"a":{"a":2}}])"));
}

TEST(ParseJson, long_texts_come_back_whole) {
  const std::string text(50'000, 'x');
  const auto parsed = parse_json("{\"k\":\"" + text + "\"}");
  ASSERT_TRUE(parsed);
  EXPECT_EQ(*parsed->find("k")->as_string(), text);
}

}  // namespace
}  // namespace tms::http
