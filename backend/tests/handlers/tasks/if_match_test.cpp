#include "backend/handlers/tasks/if_match.h"

#include <gtest/gtest.h>

namespace tms::handlers {
namespace {

core::Result<IfMatch> parse(std::vector<std::string> values) {
  http::Request request;
  for (std::string& value : values)
    request.headers.emplace_back("if-match", std::move(value));
  return IfMatch::parse(request);
}

TEST(IfMatch, without_a_header_is_always_true) {
  EXPECT_TRUE(parse({})->matches(7));
}

TEST(IfMatch, star_is_true_for_every_version) {
  EXPECT_TRUE(parse({"*"})->matches(7));
}

TEST(IfMatch, tags_are_compared_strongly) {
  EXPECT_TRUE(parse({"\"7\""})->matches(7));
  EXPECT_FALSE(parse({"\"8\""})->matches(7));
  EXPECT_FALSE(parse({"\"07\""})->matches(7));
  EXPECT_FALSE(parse({"\"\""})->matches(7));
  EXPECT_FALSE(parse({"W/\"7\""})->matches(7));
}

TEST(IfMatch, lists_and_repeated_headers_count_as_one_list) {
  EXPECT_TRUE(parse({"\"1\" ,\t\"7\""})->matches(7));
  EXPECT_TRUE(parse({", \"7\",,"})->matches(7));
  EXPECT_TRUE(parse({"\"1\"", "\"7\""})->matches(7));
  EXPECT_TRUE(parse({"\"a,b\", \"7\""})->matches(7));
}

TEST(IfMatch, what_is_no_condition_is_an_error) {
  for (const char* value : {"", " ", "7", "\"7", "7\"", "\"7\"\"8\"", "\"7\" x", "w/\"7\"", "W/7",
                            "*,\"7\"", "**", ",", "\"a b\"", "\"\x7f\""}) {
    EXPECT_FALSE(parse({value})) << value;
  }
  EXPECT_FALSE(parse({"*", "*"}));
}

}  // namespace
}  // namespace tms::handlers
