#include "backend/http/response.h"

#include <gtest/gtest.h>

#include "backend/http/method.h"

namespace tms::http {
namespace {

TEST(Response, json_says_what_it_is) {
  const Response response = Response::json(201, "{}");
  EXPECT_EQ(response.status, 201);
  EXPECT_EQ(response.body, "{}");
  ASSERT_EQ(response.headers.size(), 1U);
  EXPECT_EQ(response.headers.front(),
            std::pair(std::string("Content-Type"), std::string("application/json; charset=utf-8")));
}

TEST(Response, no_content_has_neither_body_nor_type) {
  const Response response = Response::no_content();
  EXPECT_EQ(response.status, 204);
  EXPECT_TRUE(response.headers.empty());
  EXPECT_TRUE(response.body.empty());
}

TEST(Method, names_go_there_and_back_and_case_counts) {
  for (const Method method : {Method::get, Method::head, Method::post, Method::patch, Method::del,
                              Method::put, Method::options}) {
    EXPECT_EQ(parse_method(to_string(method)), method);
  }
  for (const char* name : {"", "get", "Get", "GET ", "TRACE", "OTHER"})
    EXPECT_EQ(parse_method(name), Method::other) << name;
}

TEST(Method, only_get_and_head_are_safe) {
  for (const Method method :
       {Method::post, Method::patch, Method::del, Method::put, Method::options, Method::other}) {
    EXPECT_FALSE(is_safe(method));
  }
  EXPECT_TRUE(is_safe(Method::get));
  EXPECT_TRUE(is_safe(Method::head));
}

}  // namespace
}  // namespace tms::http
