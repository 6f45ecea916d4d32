#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class ForgotPassword : public AccountsTest {
 protected:
  void SetUp() override {
    Browser browser;
    sign_up("ada", "Ada@example.org", kPassword, browser);
  }

  http::Response forgot(const std::string& email) {
    return call("forgot_password", body({{"email", email}}));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ForgotPassword,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

constexpr db::Statement kLockAll{"test_lock_all", "update users set locked_at = 1"};

TEST_P(ForgotPassword, mails_a_code_to_the_address_as_the_account_has_it) {
  const auto response = forgot("ada@EXAMPLE.org");
  EXPECT_EQ(outcome(response), "202");
  EXPECT_EQ(text_in(response, "expires_at"), "2026-03-12T09:40:00.000000Z");
  EXPECT_EQ(text_in(response, "resend_at"), "2026-03-12T09:31:00.000000Z");
  const auto mail = last_mail();
  EXPECT_EQ(mail.kind, "reset_code");
  EXPECT_EQ(mail.recipient, "Ada@example.org");
  EXPECT_EQ(mail.username, "ada");
  EXPECT_EQ(mail.flow, text_in(response, "flow"));
}

TEST_P(ForgotPassword, answers_an_unknown_address_with_the_same_bytes_and_the_same_rows) {
  const auto rows = [&] {
    return std::vector{count("code_flows"), count("outbox"), count("throttles")};
  };
  const auto before = rows();
  auto known = forgot("ada@example.org");
  const auto between = rows();
  forget_throttles();
  const auto again = rows();
  auto unknown = forgot("bob@example.org");
  const auto after = rows();
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(between[i] - before[i], after[i] - again[i]) << i;
  }
  EXPECT_EQ(last_mail().kind, "nothing");

  known.body.replace(known.body.find(text_in(known, "flow")), 22, "FLOW");
  unknown.body.replace(unknown.body.find(text_in(unknown, "flow")), 22, "FLOW");
  EXPECT_EQ(known.body, unknown.body);
  EXPECT_EQ(known.status, unknown.status);
  EXPECT_EQ(known.headers, unknown.headers);
}

TEST_P(ForgotPassword, answers_codes_of_an_unknown_address_like_wrong_ones_of_a_known) {
  const auto known = begin_reset("ada@example.org");
  const auto unknown = begin_reset("bob@example.org");
  const auto wrong = wrong_code_of(known);
  for (int i = 0; i < 6; ++i) {
    const auto reset = [&](const std::string& flow) {
      return call("reset_password",
                  body({{"flow", flow}, {"otp", wrong}, {"new_password", "another long phrase"}}));
    };
    const auto one = reset(known);
    const auto other = reset(unknown);
    EXPECT_EQ(one.status, other.status);
    EXPECT_EQ(one.body, other.body);
    EXPECT_EQ(one.headers, other.headers);
  }
}

TEST_P(ForgotPassword, a_locked_account_gets_no_code_and_the_same_answer) {
  execute(kLockAll);
  EXPECT_EQ(outcome(forgot("ada@example.org")), "202");
  EXPECT_EQ(last_mail().kind, "nothing");
}

TEST_P(ForgotPassword, a_second_mail_within_a_minute_is_withheld_without_a_word) {
  forgot("ada@example.org");
  const auto flow = begin_reset("ada@example.org");
  EXPECT_EQ(last_mail().kind, "nothing");
  const auto code = codes().code(auth::CodePurpose::reset, flow, 1);
  EXPECT_EQ(
      outcome(call("reset_password",
                   body({{"flow", flow}, {"otp", code}, {"new_password", "another long phrase"}}))),
      "422 code_wrong");
}

TEST_P(ForgotPassword, five_mails_an_hour_and_ten_a_day_from_one_source) {
  const auto sent_in = [&](std::chrono::minutes time, std::chrono::minutes step) {
    int sent = 0;
    for (auto passed = std::chrono::minutes(0); passed < time; passed += step) {
      forgot("ada@example.org");
      if (last_mail().kind == "reset_code") ++sent;
      clock.advance(step);
    }
    return sent;
  };
  EXPECT_EQ(sent_in(std::chrono::minutes(60), std::chrono::minutes(5)), 5);
  EXPECT_EQ(sent_in(std::chrono::hours(10), std::chrono::minutes(30)), 5);
  EXPECT_EQ(sent_in(std::chrono::hours(12), std::chrono::hours(1)), 0);
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(sent_in(std::chrono::minutes(5), std::chrono::minutes(5)), 1);
}

TEST_P(ForgotPassword, the_budget_of_the_source_is_429) {
  settings.mail_source_hour.count = 2;
  forgot("a1@example.org");
  forgot("a2@example.org");
  const auto response = forgot("a3@example.org");
  EXPECT_EQ(outcome(response), "429 too_many_requests");
  EXPECT_EQ(retry_after(response), 3600);
}

TEST_P(ForgotPassword, refuses_what_is_no_address) {
  EXPECT_THAT(field_errors(forgot("ada")), testing::ElementsAre("email invalid"));
  EXPECT_THAT(field_errors(call("forgot_password", "{}")), testing::ElementsAre("email required"));
  EXPECT_EQ(outcome(call("forgot_password", "{")), "400 malformed_request");
}

}  // namespace
}  // namespace tms::tests
