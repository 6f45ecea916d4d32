#include "backend/hosts/lambda/http_function.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/http/problem.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/lambda_handler.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/recorded_log.h"

namespace tms::lambda {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class HttpFunctionTest : public testing::Test {
 protected:
  /// What the log holds after one call of `login`, answered with `response`.
  std::string log_of(http::Response response, std::vector<std::uint8_t> key = {1, 2, 3}) {
    const tests::LambdaHandler handler([&](const http::Request&) { return response; });
    const hosts::Dispatcher dispatcher(
        [&](std::string_view action) { return action == "login" ? &handler : nullptr; },
        [](std::string_view, core::Timestamp) { return std::optional<http::Identity>(); }, clock_,
        random_, log_,
        {"https://tasks.example", "__Host-tms_session",
         hosts::StrictTransport::host_and_subdomains});
    const hosts::AuditLog audit(log_, std::move(key));
    const HttpFunction function("login", dispatcher, audit, clock_, [] { return std::string(); });
    Invocation invocation;
    invocation.deadline_ms = core::to_micros(clock_.now()) / 1000 + 5000;
    invocation.event = R"({"httpMethod": "POST", "path": "/api/login",
      "multiValueHeaders": {"Content-Type": ["application/json"]},
      "body": "{\"username\":\"ada@example.org\",\"password\":\"pw-pw-pw\"}"})";
    function.reply_to(invocation);
    return log_.text();
  }

  static http::Response refusal() {
    core::Error error;
    error.code = core::ErrorCode::invalid_credentials;
    return http::problem_response(error, "r1");
  }

  tests::ManualClock clock_;
  tests::FixedRandom random_;
  tests::RecordedLog log_;
};

TEST_F(HttpFunctionTest, security_events_have_the_names_of_the_server) {
  EXPECT_THAT(log_of(http::Response::json(200, R"({"user":{"user_id":7}})")),
              AllOf(HasSubstr("info audit name=login "), HasSubstr(" user_id=7 "),
                    HasSubstr(" action=login")));
  EXPECT_THAT(log_of(refusal()),
              AllOf(HasSubstr("warn audit name=login_refused "),
                    HasSubstr("reason=invalid_credentials"), Not(HasSubstr("pw-pw-pw"))));
}

TEST_F(HttpFunctionTest, without_a_key_nobody_has_a_pseudonym) {
  EXPECT_THAT(log_of(refusal(), {}), HasSubstr(" subject= flow= "));
  EXPECT_THAT(log_of(refusal()), Not(HasSubstr("ada@example.org")));
}

TEST_F(HttpFunctionTest, what_does_not_matter_for_security_is_no_event) {
  core::Error wrong;
  wrong.code = core::ErrorCode::validation_failed;
  EXPECT_THAT(log_of(http::problem_response(wrong, "r1")), Not(HasSubstr("audit")));
}

}  // namespace
}  // namespace tms::lambda
