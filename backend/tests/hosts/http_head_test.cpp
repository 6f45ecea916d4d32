#include "backend/hosts/server/http_head.h"

#include <gtest/gtest.h>

namespace tms::hosts {
namespace {

using Progress = HeadScanner::Progress;

const std::string kHead =
    "POST /api/login?a=b HTTP/1.1\r\nHost: a.example:80\r\nContent-Length: 5\r\nX-A:  b c \r\n\r\n";

TEST(HeadScanner, finds_the_end_however_the_bytes_arrive) {
  const ServerLimits limits;
  const std::string bytes = kHead + "hello";
  for (std::size_t step = 1; step <= bytes.size(); ++step) {
    HeadScanner scanner(limits);
    Progress progress = Progress::incomplete;
    for (std::size_t length = step; progress == Progress::incomplete; length += step) {
      progress = scanner.scan(std::string_view(bytes).substr(0, length));
    }
    EXPECT_EQ(progress, Progress::complete) << step;
    EXPECT_EQ(scanner.begin(), 0U);
    EXPECT_EQ(scanner.end(), kHead.size());
  }
}

TEST(HeadScanner, one_empty_line_in_front_is_skipped) {
  HeadScanner scanner{ServerLimits{}};
  EXPECT_EQ(scanner.scan("\r\n" + kHead), Progress::complete);
  EXPECT_EQ(scanner.begin(), 2U);
}

TEST(HeadScanner, head_of_exactly_the_limit_passes_and_one_byte_more_is_431) {
  ServerLimits limits;
  limits.head_bytes = kHead.size();
  EXPECT_EQ(HeadScanner(limits).scan(kHead), Progress::complete);
  limits.head_bytes = kHead.size() - 3;
  HeadScanner scanner(limits);
  EXPECT_EQ(scanner.scan(kHead), Progress::refused);
  EXPECT_EQ(scanner.problem().code, core::ErrorCode::headers_too_large);
}

TEST(ParseHead, reads_what_the_request_says) {
  const auto parsed = parse_head(kHead, ServerLimits{});
  const auto* head = std::get_if<RequestHead>(&parsed);
  ASSERT_NE(head, nullptr);
  EXPECT_EQ(head->method, "POST");
  EXPECT_EQ(head->target, "/api/login?a=b");
  EXPECT_EQ(head->host, "a.example:80");
  EXPECT_EQ(head->content_length, 5U);
  EXPECT_TRUE(head->has_body());
  EXPECT_FALSE(head->closes);
  EXPECT_EQ(head->headers.back(), (http::NameValue{"x-a", "b c"}));
}

TEST(ParseHead, connection_close_is_found_in_a_list_and_http_1_0_always_closes) {
  const auto closes = [](const std::string& text) {
    return std::get<RequestHead>(parse_head(text, ServerLimits{})).closes;
  };
  EXPECT_TRUE(closes("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n"));
  EXPECT_FALSE(closes("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
  EXPECT_TRUE(closes("GET / HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\n\r\n"));
}

TEST(ParseHead, sixty_four_fields_pass_and_one_more_is_431) {
  const auto with_fields = [](int count) {
    std::string text = "GET / HTTP/1.1\r\nHost: a\r\n";
    for (int index = 1; index < count; ++index)
      text += "X: 1\r\n";
    return parse_head(text + "\r\n", ServerLimits{});
  };
  EXPECT_TRUE(std::holds_alternative<RequestHead>(with_fields(64)));
  const auto refused = with_fields(65);
  ASSERT_TRUE(std::holds_alternative<HeadProblem>(refused));
  EXPECT_EQ(std::get<HeadProblem>(refused).code, core::ErrorCode::headers_too_large);
}

TEST(ParseHead, every_beginning_of_a_request_line_is_refused) {
  const std::string line = kHead.substr(0, kHead.find('\r'));
  for (std::size_t length = 0; length < line.size(); ++length) {
    EXPECT_TRUE(
        std::holds_alternative<HeadProblem>(parse_head(line.substr(0, length), ServerLimits{})))
        << length;
  }
}

}  // namespace
}  // namespace tms::hosts
