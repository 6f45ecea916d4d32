#include "backend/http/request.h"

#include <gtest/gtest.h>

namespace tms::http {
namespace {

using Views = std::vector<std::string_view>;

Request with_headers(std::vector<NameValue> headers) {
  Request request;
  request.headers = std::move(headers);
  return request;
}

TEST(Request, header_is_the_first_of_its_name) {
  const Request request = with_headers({{"a", "1"}, {"b", ""}, {"a", "2"}});
  EXPECT_EQ(request.header("a"), "1");
  EXPECT_EQ(request.header("b"), "");
  EXPECT_FALSE(request.header("c"));
  EXPECT_EQ(request.count_headers("a"), 2U);
  EXPECT_EQ(request.count_headers("c"), 0U);
}

TEST(Request, path_parameter_is_empty_when_there_is_none) {
  Request request;
  request.path_parameters = {{"task_id", "x"}};
  EXPECT_EQ(request.path_parameter("task_id"), "x");
  EXPECT_EQ(request.path_parameter("other"), "");
}

TEST(Cookies, of_several_pairs_and_headers_come_in_order) {
  const Request request =
      with_headers({{"cookie", "a=1; b=2;a=3"}, {"x", "a=9"}, {"cookie", " a=4 "}});
  EXPECT_EQ(request.cookies("a"), (Views{"1", "3", "4"}));
  EXPECT_EQ(request.cookies("b"), Views{"2"});
  EXPECT_EQ(request.cookies("c"), Views{});
}

TEST(Cookies, names_are_compared_whole_and_exactly) {
  const Request request = with_headers({{"cookie", "xa=1; ax=2; A=3; a =4; =5; a"}});
  EXPECT_EQ(request.cookies("a"), Views{});
}

TEST(Cookies, values_keep_everything_after_the_first_equals_sign) {
  const Request request = with_headers({{"cookie", "a=b=c==; e=; q=\"x\""}});
  EXPECT_EQ(request.cookies("a"), Views{"b=c=="});
  EXPECT_EQ(request.cookies("e"), Views{""});
  EXPECT_EQ(request.cookies("q"), Views{"\"x\""});
}

TEST(Cookies, of_odd_headers_do_no_harm) {
  for (const char* value : {"", ";", ";;;", "=", " ; = ;", "a"}) {
    EXPECT_EQ(with_headers({{"cookie", value}}).cookies("a"), Views{}) << value;
  }
}

}  // namespace
}  // namespace tms::http
