#include "backend/hosts/lambda/reply.h"

#include <gtest/gtest.h>

#include "backend/http/json_value.h"

namespace tms::lambda {
namespace {

TEST(Reply, several_cookies_and_headers_travel_as_lists) {
  http::Response response = http::Response::json(201, R"({"a":"\"b\""})");
  response.set_cookies = {"a=1; Path=/", "b=2; Path=/"};
  response.headers.emplace_back("ETag", "\"1\"");

  const auto reply = http::parse_json(encode_reply(response));
  ASSERT_TRUE(reply);
  EXPECT_EQ(*reply->find("statusCode")->as_integer(), 201);
  EXPECT_EQ(*reply->find("body")->as_string(), R"({"a":"\"b\""})");
  EXPECT_FALSE(*reply->find("isBase64Encoded")->as_bool());
  const http::JsonValue* headers = reply->find("multiValueHeaders");
  EXPECT_EQ(headers->find("Set-Cookie")->as_array()->size(), 2U);
  EXPECT_EQ(*headers->find("ETag")->as_array()->front().as_string(), "\"1\"");
  EXPECT_EQ(reply->find("headers"), nullptr) << "API Gateway would merge and double them";
}

TEST(Reply, body_is_a_text_even_when_empty) {
  const auto reply = http::parse_json(encode_reply(http::Response::no_content()));
  EXPECT_EQ(*reply->find("body")->as_string(), "");
}

}  // namespace
}  // namespace tms::lambda
