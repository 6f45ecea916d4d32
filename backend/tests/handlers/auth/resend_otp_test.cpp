#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class ResendOtp : public AccountsTest {
 protected:
  http::Response resend(const std::string& flow) {
    return call("resend_otp", body({{"flow", flow}}));
  }
  http::Response verify(const std::string& flow, const std::string& code) {
    return call("verify_otp", body({{"flow", flow}, {"otp", code}}));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, ResendOtp, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(ResendOtp, answers_with_the_same_flow_and_new_times) {
  const auto flow = begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::minutes(2));
  const auto response = resend(flow);
  EXPECT_EQ(outcome(response), "202");
  EXPECT_EQ(text_in(response, "flow"), flow);
  EXPECT_EQ(text_in(response, "expires_at"), "2026-03-12T09:42:00.000000Z");
  EXPECT_EQ(text_in(response, "resend_at"), "2026-03-12T09:33:00.000000Z");
}

TEST_P(ResendOtp, ends_the_old_code_and_mails_a_new_one) {
  const auto flow = begin_signup("ada", "ada@example.org");
  const auto old_code = code_of(flow);
  clock.advance(std::chrono::seconds(60));
  resend(flow);
  const auto new_code = code_of(flow);
  EXPECT_NE(new_code, old_code);
  EXPECT_EQ(outcome(verify(flow, old_code)), "422 code_wrong");
  EXPECT_EQ(outcome(verify(flow, new_code)), "200");
}

TEST_P(ResendOtp, gives_five_new_tries) {
  const auto flow = begin_signup("ada", "ada@example.org");
  for (int i = 0; i < 6; ++i)
    verify(flow, wrong_code_of(flow));
  clock.advance(std::chrono::seconds(60));
  resend(flow);
  const auto response = verify(flow, wrong_code_of(flow));
  EXPECT_EQ(integer_in(response, "attempts_left"), 4);
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(ResendOtp, before_its_time_is_429_and_changes_nothing) {
  const auto flow = begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::milliseconds(59'500));
  const auto response = resend(flow);
  EXPECT_EQ(outcome(response), "429 too_many_requests");
  EXPECT_EQ(retry_after(response), 1);
  EXPECT_EQ(mails().size(), 1U);
  clock.advance(std::chrono::milliseconds(500));
  EXPECT_EQ(outcome(resend(flow)), "202");
}

TEST_P(ResendOtp, an_unknown_flow_is_410) {
  EXPECT_EQ(outcome(resend("AAAAAAAAAAAAAAAAAAAAAA")), "410 code_expired");
}

TEST_P(ResendOtp, a_used_flow_is_410) {
  const auto flow = begin_signup("ada", "ada@example.org");
  verify(flow, code_of(flow));
  clock.advance(std::chrono::minutes(2));
  EXPECT_EQ(outcome(resend(flow)), "410 code_expired");
}

TEST_P(ResendOtp, an_expired_code_can_be_replaced) {
  const auto flow = begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::hours(2));
  EXPECT_EQ(outcome(resend(flow)), "202");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(ResendOtp, a_flow_of_yesterday_is_410) {
  const auto flow = begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::hours(24));
  EXPECT_EQ(outcome(resend(flow)), "410 code_expired");
}

TEST_P(ResendOtp, one_that_is_withheld_answers_the_same_and_leaves_code_and_tries) {
  settings.mail_address_day.count = 1;
  const auto flow = begin_signup("ada", "ada@example.org");
  verify(flow, wrong_code_of(flow));
  clock.advance(std::chrono::minutes(2));
  const auto response = resend(flow);
  EXPECT_EQ(outcome(response), "202");
  EXPECT_EQ(text_in(response, "expires_at"), "2026-03-12T09:42:00.000000Z");
  EXPECT_EQ(last_mail().kind, "nothing");
  EXPECT_EQ(integer_in(verify(flow, wrong_code_of(flow)), "attempts_left"), 3);
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(ResendOtp, one_that_is_withheld_does_not_prolong_the_code) {
  settings.mail_address_day.count = 1;
  const auto flow = begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::minutes(9));
  resend(flow);
  clock.advance(std::chrono::minutes(2));
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "410 code_expired");
}

TEST_P(ResendOtp, a_flow_whose_first_mail_was_withheld_gets_its_code_now) {
  begin_signup("ada", "ada@example.org");
  const auto flow = begin_signup("ada", "ada@example.org");
  ASSERT_EQ(last_mail().kind, "nothing");
  clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(outcome(resend(flow)), "202");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(ResendOtp, for_a_taken_address_tells_the_owner_again_and_accepts_no_code) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  const auto flow = begin_signup("eve", "ada@example.org");
  clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(outcome(resend(flow)), "202");
  EXPECT_EQ(last_mail().kind, "already_registered");
  EXPECT_EQ(last_mail().recipient, "ada@example.org");
  const auto code = codes().code(auth::CodePurpose::signup, flow, 2);
  EXPECT_EQ(outcome(verify(flow, code)), "422 code_wrong");
}

TEST_P(ResendOtp, for_a_reset_of_an_unknown_address_mails_nothing_and_accepts_no_code) {
  const auto flow = begin_reset("nobody@example.org");
  clock.advance(std::chrono::seconds(60));
  EXPECT_EQ(outcome(resend(flow)), "202");
  EXPECT_EQ(last_mail().kind, "nothing");
  const auto code = codes().code(auth::CodePurpose::reset, flow, 2);
  EXPECT_EQ(
      outcome(call("reset_password",
                   body({{"flow", flow}, {"otp", code}, {"new_password", "another long phrase"}}))),
      "422 code_wrong");
}

TEST_P(ResendOtp, of_a_reset_mails_a_code_that_resets) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  const auto flow = begin_reset("ada@example.org");
  clock.advance(std::chrono::seconds(60));
  resend(flow);
  EXPECT_EQ(last_mail().kind, "reset_code");
  EXPECT_EQ(last_mail().generation, 2);
  EXPECT_EQ(
      outcome(call(
          "reset_password",
          body({{"flow", flow}, {"otp", code_of(flow)}, {"new_password", "another long phrase"}}))),
      "204");
}

TEST_P(ResendOtp, answers_known_and_unknown_addresses_with_the_same_bytes_and_rows) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  auto known = begin_reset("ada@example.org");
  auto unknown = begin_reset("nobody@example.org");
  clock.advance(std::chrono::seconds(60));
  const auto rows = [&] { return count("code_flows") + count("outbox") + count("throttles"); };
  const auto before = rows();
  auto of_known = resend(known);
  const auto between = rows();
  auto of_unknown = resend(unknown);
  EXPECT_EQ(between - before, rows() - between);
  of_known.body.replace(of_known.body.find(known), known.size(), "FLOW");
  of_unknown.body.replace(of_unknown.body.find(unknown), unknown.size(), "FLOW");
  EXPECT_EQ(of_known.body, of_unknown.body);
  EXPECT_EQ(of_known.headers, of_unknown.headers);
}

TEST_P(ResendOtp, refuses_what_is_no_flow_id) {
  EXPECT_THAT(field_errors(call("resend_otp", R"({"flow":"a' or 1=1 -- 1234567"})")),
              testing::ElementsAre("flow invalid"));
}

}  // namespace
}  // namespace tms::tests
