#include "backend/hosts/lambda/event.h"

#include <gtest/gtest.h>

namespace tms::lambda {
namespace {

core::Result<http::Request> decode(std::string_view text) {
  const auto event = http::parse_json(text);
  EXPECT_TRUE(event) << text;
  return decode_event(*event);
}

TEST(Event, all_values_of_headers_and_query_are_kept) {
  const auto request = decode(R"({
    "httpMethod": "GET", "path": "/tasks",
    "headers": {"X-Two": "b", "Host": "api.example"},
    "multiValueHeaders": {"X-Two": ["a", "b"], "Host": ["api.example"], "Cookie": ["x=1", "y=2"]},
    "queryStringParameters": {"q": "2"}, "multiValueQueryStringParameters": {"q": ["1", "2"], "sort": ["a b"]},
    "body": null, "isBase64Encoded": false})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->query,
            (std::vector<http::NameValue>{{"q", "1"}, {"q", "2"}, {"sort", "a b"}}));
  EXPECT_EQ(request->count_headers("x-two"), 2U);
  EXPECT_EQ(request->cookies("y").size(), 1U);
  EXPECT_EQ(request->host, "api.example");
  EXPECT_EQ(request->body, "");
}

TEST(Event, single_value_maps_do_when_the_others_are_missing_or_null) {
  const auto request = decode(R"({"httpMethod": "GET", "path": "/me", "headers": {"COOKIE": "a=1"},
    "multiValueHeaders": null, "queryStringParameters": {"v": "3"}})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->header("cookie"), "a=1");
  EXPECT_EQ(request->query, (std::vector<http::NameValue>{{"v", "3"}}));
}

TEST(Event, host_comes_from_cloudfront_if_it_says_so) {
  const auto request = decode(R"({"httpMethod": "POST", "path": "/login",
    "multiValueHeaders": {"Host": ["x.execute-api"], "X-Tms-Host": ["tasks.example"]}})");
  EXPECT_EQ(request->host, "tasks.example");
}

TEST(Event, event_without_headers_has_no_host) {
  const auto request = decode(R"({"httpMethod": "GET", "path": "/tasks", "headers": null})");
  ASSERT_TRUE(request);
  EXPECT_EQ(request->host, "");
}

TEST(Event, stage_and_spaces_in_the_path_are_understood) {
  EXPECT_EQ(decode(R"({"httpMethod": "GET", "path": "/api/tasks"})")->path, "/tasks");
  EXPECT_EQ(decode(R"({"httpMethod": "GET", "path": "/tasks/a b"})")->path, "/tasks/a b");
  EXPECT_EQ(decode(R"({"httpMethod": "GET", "path": "/tasks/a%20b"})")->path, "/tasks/a b");
  EXPECT_FALSE(decode(R"({"httpMethod": "GET", "path": "/tasks/%ff"})"));
  EXPECT_FALSE(decode(R"({"httpMethod": "GET", "path": "/tasks/%00"})"));
}

TEST(Event, path_that_cannot_be_decoded_is_the_clients_fault_and_another_shape_is_not) {
  EXPECT_EQ(decode(R"({"httpMethod": "GET", "path": "/tasks/%00"})").error().code,
            core::ErrorCode::malformed_request);
  EXPECT_EQ(decode(R"({"version": "2.0"})").error().code, core::ErrorCode::internal);
}

TEST(Event, base64_bodies_are_decoded_and_absent_ones_empty) {
  EXPECT_EQ(
      decode(
          R"({"httpMethod": "POST", "path": "/login", "body": "eyJhIjoxfQ==", "isBase64Encoded": true})")
          ->body,
      R"({"a":1})");
  EXPECT_EQ(
      decode(R"({"httpMethod": "POST", "path": "/login", "body": "{}", "isBase64Encoded": false})")
          ->body,
      "{}");
  EXPECT_EQ(decode(R"({"httpMethod": "POST", "path": "/login"})")->body, "");
  EXPECT_FALSE(
      decode(R"({"httpMethod": "POST", "path": "/login", "body": "%", "isBase64Encoded": true})"));
}

TEST(Event, client_is_the_second_last_hop_and_never_what_the_client_claims) {
  const auto address = [](const std::string& forwarded) {
    return decode(
               R"({"httpMethod": "GET", "path": "/me", "multiValueHeaders": {"X-Forwarded-For": [")" +
               forwarded + R"("]}, "requestContext": {"identity": {"sourceIp": "10.9.9.9"}}})")
        ->client_address;
  };
  EXPECT_EQ(address("1.1.1.1, 203.0.113.7, 130.176.0.1"), "203.0.113.7");
  EXPECT_EQ(address("203.0.113.7, 130.176.0.1"), "203.0.113.7");
  EXPECT_EQ(address("130.176.0.1"), "10.9.9.9");
}

TEST(Event, other_shapes_are_refused) {
  for (const char* text :
       {"[]", "{}", "null", R"({"httpMethod": "GET"})", R"({"path": "/tasks"})",
        R"({"version": "2.0", "rawPath": "/tasks", "requestContext": {"http": {"method": "GET"}}})",
        R"({"httpMethod": "GET", "path": "tasks"})", R"({"httpMethod": 1, "path": "/tasks"})",
        R"({"httpMethod": "GET", "path": "/tasks", "multiValueHeaders": {"a": [1]}})",
        R"({"httpMethod": "GET", "path": "/tasks", "body": {}})"}) {
    EXPECT_FALSE(decode(text)) << text;
  }
}

}  // namespace
}  // namespace tms::lambda
