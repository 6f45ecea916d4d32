#include "backend/hosts/server/response_head.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>

namespace tms::hosts {
namespace {

using testing::HasSubstr;
using testing::Not;

// 2026-03-12T09:30:00Z
constexpr std::time_t kNow = 1'773'307'800;

TEST(ResponseHead, is_written_as_http_wants_it) {
  Answer answer{http::Response::json(201, "{\"a\":1}")};
  answer.response.headers.emplace_back("Location", "/api/tasks/1");
  answer.response.set_cookies = {"a=1", "b=2"};
  EXPECT_EQ(encode_response_head(answer, AfterAnswer::keep_alive, kNow),
            "HTTP/1.1 201 Created\r\n"
            "Date: Thu, 12 Mar 2026 09:30:00 GMT\r\n"
            "Content-Length: 7\r\n"
            "Content-Type: application/json; charset=utf-8\r\n"
            "Location: /api/tasks/1\r\n"
            "Set-Cookie: a=1\r\n"
            "Set-Cookie: b=2\r\n"
            "\r\n");
}

TEST(ResponseHead, says_when_the_connection_closes) {
  EXPECT_THAT(encode_response_head({http::Response::json(200, "")}, AfterAnswer::close, kNow),
              HasSubstr("Connection: close\r\n"));
}

TEST(ResponseHead, answers_without_a_body_have_no_length) {
  Answer answer{http::Response::no_content()};
  EXPECT_THAT(encode_response_head(answer, AfterAnswer::keep_alive, kNow),
              Not(HasSubstr("Content-Length")));
  answer.response.status = 304;
  EXPECT_THAT(encode_response_head(answer, AfterAnswer::keep_alive, kNow),
              Not(HasSubstr("Content-Length")));
}

TEST(ResponseHead, length_is_that_of_a_shared_file) {
  const Answer answer{{}, std::make_shared<const std::string>(1234, 'x')};
  EXPECT_THAT(encode_response_head(answer, AfterAnswer::keep_alive, kNow),
              HasSubstr("Content-Length: 1234\r\n"));
}

TEST(ResponseHead, line_ends_in_a_value_are_never_written) {
  for (const char* value : {"a\r\nSet-Cookie: x=1", "a\nb", "a\rb", "a\x01", "a\x7f"}) {
    Answer answer{http::Response::json(200, "")};
    answer.response.headers.emplace_back("Location", value);
    EXPECT_THROW(encode_response_head(answer, AfterAnswer::keep_alive, kNow), std::logic_error);
    answer = Answer{http::Response::json(200, "")};
    answer.response.set_cookies = {value};
    EXPECT_THROW(encode_response_head(answer, AfterAnswer::keep_alive, kNow), std::logic_error);
  }
}

}  // namespace
}  // namespace tms::hosts
