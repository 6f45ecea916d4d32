#include "backend/hosts/app/dispatcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>

#include "backend/db/database.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/lambda_handler.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/recorded_log.h"

namespace tms::hosts {
namespace {

using http::Method;
using http::Request;
using http::Response;
using testing::HasSubstr;
using testing::Not;

std::string header(const Response& response, std::string_view name) {
  std::string found;
  for (const auto& [key, value] : response.headers) {
    if (key == name) found += found.empty() ? value : " AND " + value;
  }
  return found;
}

class DispatcherTest : public testing::Test {
 protected:
  DispatcherTest() {
    request_.method = Method::get;
    request_.path = "/me";
    request_.host = "tasks.example";
    request_.headers = {{"cookie", "__Host-tms_session=good"}};
  }

  Response dispatch() {
    const Dispatcher dispatcher(
        [this](std::string_view) { return &handler_; },
        [](std::string_view token, core::Timestamp) -> std::optional<http::Identity> {
          if (token != "good") return std::nullopt;
          return http::Identity{"s7", 7};
        },
        clock_, random_, log_, options_);
    return dispatcher.dispatch(request_);
  }

  void post(std::string path, std::string body, std::string content_type = "application/json") {
    request_.method = Method::post;
    request_.path = std::move(path);
    request_.body = std::move(body);
    if (!content_type.empty())
      request_.headers.emplace_back("content-type", std::move(content_type));
  }

  void expect_refused(int status, std::string_view code) {
    const Response response = dispatch();
    EXPECT_EQ(response.status, status);
    EXPECT_THAT(response.body, HasSubstr("\"code\":\"" + std::string(code) + "\""));
    EXPECT_EQ(header(response, "Content-Type"), "application/problem+json; charset=utf-8");
    EXPECT_FALSE(seen_.has_value());
  }

  Request request_;
  // What the handler saw, when it was asked.
  std::optional<Request> seen_;
  std::function<Response()> answer_ = [] { return Response::json(200, "{}"); };
  tests::LambdaHandler handler_{[this](const Request& request) {
    seen_ = request;
    return answer_();
  }};
  tests::ManualClock clock_;
  tests::FixedRandom random_;
  tests::RecordedLog log_;
  DispatcherOptions options_{"https://tasks.example", "__Host-tms_session", StrictTransport::host};
};

TEST_F(DispatcherTest, gives_the_handler_identity_path_parameters_and_request_id) {
  request_.path = "/tasks/abc";
  const Response response = dispatch();
  ASSERT_TRUE(seen_.has_value());
  EXPECT_EQ(seen_->identity->session_id, "s7");
  EXPECT_EQ(seen_->identity->user_id, 7);
  EXPECT_EQ(seen_->path_parameter("task_id"), "abc");
  EXPECT_EQ(seen_->request_id.size(), 22U);
  EXPECT_EQ(header(response, "X-Request-Id"), seen_->request_id);
}

TEST_F(DispatcherTest, unknown_path_is_404) {
  request_.path = "/nothing";
  expect_refused(404, "not_found");
}

TEST_F(DispatcherTest, known_path_with_another_method_is_405_with_allow) {
  request_.method = Method::put;
  request_.path = "/tasks/abc";
  EXPECT_EQ(header(dispatch(), "Allow"), "GET, HEAD, PATCH, DELETE");
  expect_refused(405, "method_not_allowed");
}

TEST_F(DispatcherTest, head_is_answered_by_get) {
  request_.method = Method::head;
  EXPECT_EQ(dispatch().status, 200);
}

TEST_F(DispatcherTest, body_at_the_limit_passes_and_one_byte_more_is_413) {
  post("/login", std::string(http::kDefaultBodyLimit, ' '));
  EXPECT_EQ(dispatch().status, 200);
  seen_.reset();
  request_.body += ' ';
  expect_refused(413, "too_large");
}

TEST_F(DispatcherTest, body_where_none_is_taken_is_413) {
  request_.body = "{}";
  request_.headers.emplace_back("content-type", "application/json");
  expect_refused(413, "too_large");
}

TEST_F(DispatcherTest, missing_body_needs_no_content_type) {
  post("/logout", "", "");
  EXPECT_EQ(dispatch().status, 200);
}

TEST_F(DispatcherTest, only_json_in_utf_8_is_a_body) {
  for (const char* type :
       {"application/json", "Application/JSON", "application/json; charset=utf-8",
        "application/json;charset=\"UTF-8\"", "application/json;"}) {
    request_.headers.clear();
    post("/login", "{}", type);
    EXPECT_EQ(dispatch().status, 200) << type;
  }
  for (const char* type :
       {"", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data",
        "application/json; charset=utf-16", "application/json; charset=latin1",
        "application/json; a=b", "application/jsonp", "application/problem+json", "text/json",
        "application/json, text/plain"}) {
    request_.headers.clear();
    seen_.reset();
    post("/login", "{}", type);
    SCOPED_TRACE(type);
    expect_refused(415, "unsupported_media_type");
  }
}

TEST_F(DispatcherTest, two_content_types_or_a_content_encoding_are_415) {
  post("/login", "{}");
  request_.headers.emplace_back("content-type", "application/json");
  expect_refused(415, "unsupported_media_type");
  request_.headers = {{"content-type", "application/json"}, {"content-encoding", "gzip"}};
  expect_refused(415, "unsupported_media_type");
}

struct OriginCase {
  const char* site;
  const char* origin;
  bool allowed;
};

constexpr OriginCase kOriginCases[] = {
    {nullptr, nullptr, true},
    {"same-origin", nullptr, true},
    {"same-origin", "https://evil.example", true},
    {"cross-site", nullptr, false},
    {"same-site", nullptr, false},
    {"none", nullptr, false},
    {"", nullptr, false},
    {"cross-site", "https://tasks.example", false},
    {nullptr, "https://tasks.example", true},
    {nullptr, "HTTPS://TASKS.EXAMPLE", true},
    {nullptr, "http://tasks.example", false},
    {nullptr, "https://tasks.example:444", false},
    {nullptr, "https://tasks.example.evil.example", false},
    {nullptr, "https://eviltasks.example", false},
    {nullptr, "https://evil.example", false},
    {nullptr, "null", false},
    {nullptr, "", false},
};

TEST_F(DispatcherTest, writes_from_other_sites_are_refused_on_every_route) {
  for (const http::Route& route : http::kRouteTable) {
    for (const OriginCase& origin : kOriginCases) {
      request_.method = route.method;
      request_.path = route.pattern;
      request_.headers = {{"cookie", "__Host-tms_session=good"}};
      if (origin.site != nullptr) request_.headers.emplace_back("sec-fetch-site", origin.site);
      if (origin.origin != nullptr) request_.headers.emplace_back("origin", origin.origin);
      const bool allowed = origin.allowed || http::is_safe(route.method);
      EXPECT_EQ(dispatch().status, allowed ? 200 : 403)
          << route.action << ' ' << (origin.site ? origin.site : "-") << ' '
          << (origin.origin ? origin.origin : "-");
    }
  }
}

TEST_F(DispatcherTest, origin_headers_that_come_twice_are_refused) {
  post("/logout", "", "");
  request_.headers = {{"origin", "https://tasks.example"}, {"origin", "https://tasks.example"}};
  expect_refused(403, "cross_origin");
  request_.headers = {{"sec-fetch-site", "same-origin"}, {"sec-fetch-site", "same-origin"}};
  expect_refused(403, "cross_origin");
}

TEST_F(DispatcherTest, origin_may_be_the_host_of_the_request_with_our_scheme) {
  post("/logout", "", "");
  request_.host = "127.0.0.1:8080";
  options_.public_origin = "http://localhost:8080";
  request_.headers = {{"origin", "http://127.0.0.1:8080"}};
  EXPECT_EQ(dispatch().status, 200);
  seen_.reset();
  request_.headers = {{"origin", "https://127.0.0.1:8080"}};
  expect_refused(403, "cross_origin");
}

TEST_F(DispatcherTest, no_wrong_or_doubled_cookie_is_401_and_clears_nothing) {
  for (const char* cookie :
       {"", "tms_session=good", "__Host-tms_session=bad",
        "__Host-tms_session=", "__Host-tms_session=good; __Host-tms_session=good",
        "__Host-tms_session=bad; __Host-tms_session=good"}) {
    request_.headers = {{"cookie", cookie}};
    SCOPED_TRACE(cookie);
    expect_refused(401, "not_signed_in");
    EXPECT_TRUE(dispatch().set_cookies.empty());
  }
}

TEST_F(DispatcherTest, session_cookies_in_two_cookie_headers_are_refused) {
  request_.headers.emplace_back("cookie", "__Host-tms_session=good");
  expect_refused(401, "not_signed_in");
}

TEST_F(DispatcherTest, logout_works_with_and_without_a_good_cookie) {
  post("/logout", "", "");
  dispatch();
  EXPECT_TRUE(seen_->identity.has_value());
  request_.headers = {{"cookie", "__Host-tms_session=bad"}};
  dispatch();
  EXPECT_FALSE(seen_->identity.has_value());
}

TEST_F(DispatcherTest, calls_for_anyone_do_not_look_at_the_cookie) {
  post("/login", "{}");
  dispatch();
  EXPECT_FALSE(seen_->identity.has_value());
}

TEST_F(DispatcherTest, exception_is_one_500_whose_cause_is_only_in_the_log) {
  answer_ = []() -> Response { throw std::runtime_error("column users.secret is missing"); };
  const Response response = dispatch();
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, HasSubstr("\"code\":\"internal\""));
  EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  EXPECT_THAT(response.body, HasSubstr(seen_->request_id));
  EXPECT_THAT(log_.text(), HasSubstr("error failed request_id=" + seen_->request_id +
                                     " reason=column users.secret is missing"));
}

TEST_F(DispatcherTest, something_thrown_that_is_no_exception_is_a_500_too) {
  answer_ = []() -> Response { throw 7; };
  EXPECT_EQ(dispatch().status, 500);
}

TEST_F(DispatcherTest, unavailable_database_is_503_with_its_reason_and_retry_after) {
  using Reason = db::Unavailable::Reason;
  for (const auto& [reason, code] : {std::pair{Reason::unreachable, "database_unavailable"},
                                     std::pair{Reason::waking, "database_waking"},
                                     std::pair{Reason::overloaded, "overloaded"}}) {
    answer_ = [reason = reason]() -> Response {
      throw db::Unavailable("host db.internal refused", std::chrono::seconds(9), reason);
    };
    const Response response = dispatch();
    EXPECT_EQ(response.status, 503);
    EXPECT_THAT(response.body, HasSubstr("\"code\":\"" + std::string(code) + "\""));
    EXPECT_THAT(response.body, Not(HasSubstr("db.internal")));
    EXPECT_EQ(header(response, "Retry-After"), "9");
  }
}

/// Marks the answer of a failure.
class MarkingHandler final : public http::Handler {
 public:
  [[nodiscard]] Response handle(const Request& /*request*/) const override {
    throw db::Unavailable("away", std::chrono::seconds(1));
  }
  void complete_failure(Response& response) const override {
    response.set_cookies.emplace_back("mark=1");
  }
};

TEST_F(DispatcherTest, answer_of_a_failure_has_what_its_handler_adds) {
  const MarkingHandler handler;
  const Dispatcher dispatcher([&](std::string_view) { return &handler; },
                              [](std::string_view, core::Timestamp) {
                                return std::optional(http::Identity{"s7", 7});
                              },
                              clock_, random_, log_, options_);
  const Response response = dispatcher.dispatch(request_);
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.set_cookies, testing::ElementsAre("mark=1"));
}

TEST_F(DispatcherTest, every_429_and_503_has_a_retry_after) {
  for (const int status : {429, 503}) {
    answer_ = [status] { return Response::json(status, "{}"); };
    EXPECT_EQ(header(dispatch(), "Retry-After"), "1");
  }
  answer_ = [] {
    Response response = Response::json(429, "{}");
    response.headers.emplace_back("Retry-After", "30");
    return response;
  };
  EXPECT_EQ(header(dispatch(), "Retry-After"), "30");
}

TEST_F(DispatcherTest, missing_handler_is_a_500) {
  const Dispatcher dispatcher([](std::string_view) { return nullptr; },
                              [](auto, auto) {
                                return http::Identity{"s", 1};
                              },
                              clock_, random_, log_, options_);
  EXPECT_EQ(dispatcher.dispatch(request_).status, 500);
}

TEST_F(DispatcherTest, every_answer_carries_the_security_headers_and_is_not_stored) {
  const auto check = [this](const char* what) {
    SCOPED_TRACE(what);
    const Response response = dispatch();
    for (const HeaderValue& expected : kSecurityHeaders) {
      EXPECT_EQ(header(response, expected.name), expected.value);
    }
    EXPECT_EQ(header(response, "Cache-Control"), "no-store");
    EXPECT_EQ(header(response, "Strict-Transport-Security"), "max-age=63072000");
    EXPECT_FALSE(header(response, "X-Request-Id").empty());
    EXPECT_EQ(header(response, "Access-Control-Allow-Origin"), "");
    EXPECT_EQ(header(response, "Server"), "");
  };
  check("answer");
  answer_ = []() -> Response { throw 7; };
  check("500");
  request_.headers.clear();
  check("401");
  request_.path = "/nothing";
  check("404");
  request_.method = Method::post;
  request_.path = "/me";
  check("405");
}

TEST_F(DispatcherTest, strict_transport_security_is_sent_over_https_alone) {
  options_.strict_transport = StrictTransport::off;
  EXPECT_EQ(header(dispatch(), "Strict-Transport-Security"), "");
  options_.strict_transport = StrictTransport::host_and_subdomains;
  EXPECT_EQ(header(dispatch(), "Strict-Transport-Security"), "max-age=63072000; includeSubDomains");
}

}  // namespace
}  // namespace tms::hosts
