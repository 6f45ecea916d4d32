#include "backend/hosts/app/audit_log.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "backend/http/problem.h"
#include "backend/tests/support/recorded_log.h"

namespace tms::hosts {
namespace {

using core::ErrorCode;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

const http::Route* route(std::string_view action) {
  const auto found = std::ranges::find(http::kRouteTable, action, &http::Route::action);
  return found == http::kRouteTable.end() ? nullptr : &*found;
}

http::Response problem(ErrorCode code) {
  core::Error error;
  error.code = code;
  return http::problem_response(error, "r1");
}

class AuditLogTest : public testing::Test {
 protected:
  /// The line that a call leaves, or nothing.
  std::string line(std::string_view action,
                   const http::Response& response,
                   const std::string& body = "",
                   std::int64_t user_id = 0) {
    http::Request request;
    request.request_id = "r1";
    request.client_address = "192.0.2.1";
    request.body = body;
    if (user_id != 0) request.identity = http::Identity{"s1", user_id};
    tests::RecordedLog log;
    AuditLog(log, {1, 2, 3}).note(route(action), request, response);
    return log.text();
  }

  std::string pseudonym(std::string_view text) { return AuditLog(log_, {1, 2, 3}).pseudonym(text); }

  tests::RecordedLog log_;
};

TEST_F(AuditLogTest, login_tells_the_user) {
  const auto response = http::Response::json(200, R"({"user":{"user_id":7,"username":"ada"}})");
  const std::string text = line("login", response, R"({"username":"ada","password":"pw-pw-pw"})");
  EXPECT_THAT(text, HasSubstr("info audit name=login request_id=r1 client=192.0.2.1 user_id=7 "));
  EXPECT_THAT(text, Not(HasSubstr("pw-pw-pw")));
}

TEST_F(AuditLogTest, refused_login_tells_a_pseudonym_in_place_of_what_was_typed) {
  const std::string body = R"({"username":"Ada@Example.org","password":"pw-pw-pw"})";
  const std::string text = line("login", problem(ErrorCode::invalid_credentials), body);
  EXPECT_THAT(text, HasSubstr("warn audit name=login_refused "));
  EXPECT_THAT(text, HasSubstr("subject=" + pseudonym("ada@example.org")));
  EXPECT_THAT(text, HasSubstr("reason=invalid_credentials"));
  EXPECT_THAT(text, Not(HasSubstr("xample")));
  EXPECT_THAT(text, Not(HasSubstr("pw-pw-pw")));
}

TEST_F(AuditLogTest, pseudonym_needs_the_key) {
  EXPECT_EQ(pseudonym("ada").size(), 16U);
  EXPECT_NE(pseudonym("ada"), pseudonym("bob"));
  EXPECT_NE(pseudonym("ada"), AuditLog(log_, {1, 2, 4}).pseudonym("ada"));
}

TEST_F(AuditLogTest, flow_of_a_reset_connects_its_lines) {
  const std::string flow = "flow=" + pseudonym("f1") + " ";
  const auto begun = http::Response::json(202, R"({"flow":"f1","expires_at":"","resend_at":""})");
  EXPECT_THAT(line("forgot_password", begun, R"({"email":"ada@example.org"})"), HasSubstr(flow));
  const std::string text = line("reset_password", http::Response::no_content(),
                                R"({"flow":"f1","otp":"12345678","new_password":"pw-pw-pw"})");
  EXPECT_THAT(text, HasSubstr(flow));
  EXPECT_THAT(text, HasSubstr("name=password_reset"));
  for (const char* secret : {"12345678", "pw-pw-pw", "f1 "})
    EXPECT_THAT(text, Not(HasSubstr(secret)));
}

struct Case {
  const char* action;
  ErrorCode code;
  const char* name;
};

TEST_F(AuditLogTest, refusals_have_their_names) {
  for (const Case& expected : {
           Case{"signup", ErrorCode::username_taken, "signup_refused"},
           Case{"signup", ErrorCode::too_many_requests, "throttled"},
           Case{"verify_otp", ErrorCode::code_wrong, "code_refused"},
           Case{"verify_otp", ErrorCode::code_expired, "code_refused"},
           Case{"verify_otp", ErrorCode::code_locked, "throttled"},
           Case{"resend_otp", ErrorCode::code_expired, "code_refused"},
           Case{"reset_password", ErrorCode::code_wrong, "code_refused"},
           Case{"login", ErrorCode::too_many_requests, "throttled"},
           Case{"change_password", ErrorCode::wrong_password, "password_change_refused"},
           Case{"get_task", ErrorCode::not_found, "access_refused"},
           Case{"update_task", ErrorCode::read_only, "access_refused"},
           Case{"create_task", ErrorCode::task_id_taken, "access_refused"},
           Case{"delete_task", ErrorCode::cross_origin, "access_refused"},
           Case{"get_tasks", ErrorCode::not_signed_in, "session_refused"},
       }) {
    EXPECT_THAT(line(expected.action, problem(expected.code), "", 7),
                HasSubstr(std::string("warn audit name=") + expected.name + " "))
        << expected.action;
  }
}

TEST_F(AuditLogTest, changes_of_sessions_and_passwords_have_their_names) {
  const auto done = http::Response::no_content();
  EXPECT_THAT(line("logout", done, "", 7), HasSubstr("name=logout "));
  EXPECT_THAT(line("change_password", done, "{}", 7), HasSubstr("name=password_changed "));
  EXPECT_THAT(line("end_session", done, "", 7), HasSubstr("name=session_revoked "));
  EXPECT_THAT(line("end_all_sessions", done, "", 7), HasSubstr("user_id=7 "));
}

TEST_F(AuditLogTest, everyday_work_leaves_no_line) {
  EXPECT_THAT(line("get_tasks", http::Response::json(200, "{}"), "", 7), IsEmpty());
  EXPECT_THAT(line("create_task", http::Response::json(201, "{}"), "{}", 7), IsEmpty());
  EXPECT_THAT(line("login", problem(ErrorCode::validation_failed), "{}"), IsEmpty());
  EXPECT_THAT(line("get_tasks", problem(ErrorCode::not_signed_in)), IsEmpty());
  EXPECT_THAT(line("nothing", http::Response::json(200, "{}")), IsEmpty());
}

}  // namespace
}  // namespace tms::hosts
