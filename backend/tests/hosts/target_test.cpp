#include "backend/hosts/app/target.h"

#include <gtest/gtest.h>

namespace tms::hosts {
namespace {

TEST(Target, path_and_query_are_decoded_once) {
  const auto target = parse_target("/tasks/a%2Fb%2520c+d?q=a%26b+c%2B&limit=5");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->path, "/tasks/a/b%20c+d");
  EXPECT_EQ(target->query, (std::vector<http::NameValue>{{"q", "a&b c+"}, {"limit", "5"}}));
}

TEST(Target, repeated_names_keep_their_order) {
  const auto target = parse_target("/a?x=2&x=1&y&=z&&");
  ASSERT_TRUE(target.has_value());
  EXPECT_EQ(target->query,
            (std::vector<http::NameValue>{{"x", "2"}, {"x", "1"}, {"y", ""}, {"", "z"}}));
}

TEST(Target, question_marks_in_the_query_belong_to_it) {
  EXPECT_EQ(parse_target("/a?b=c?d")->query.front().second, "c?d");
}

TEST(Target, percent_encoded_utf_8_is_read) {
  EXPECT_EQ(parse_target("/%C3%A9")->path, "/\xc3\xa9");
}

TEST(Target, unreadable_targets_are_refused) {
  for (const char* text :
       {"", "a", "*", "http://a/b", "/%", "/%4", "/%zz", "/%00", "/a?b=%00", "/a?%zz=b", "/%ff",
        "/%c0%af", "/%ed%a0%80", "/%f4%90%80%80", "/a b", "/a\tb", "/a#b", "/\xc3\xa9", "/a\x7f"}) {
    EXPECT_FALSE(parse_target(text).has_value()) << text;
  }
}

}  // namespace
}  // namespace tms::hosts
