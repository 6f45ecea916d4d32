#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

using testing::ElementsAre;

class Signup : public AccountsTest {
 protected:
  http::Response sign_up_as(const std::string& username,
                            const std::string& email,
                            const std::string& password = kPassword,
                            const std::string& address = "192.0.2.1") {
    Browser browser;
    browser.address = address;
    return call("signup", body({{"username", username}, {"email", email}, {"password", password}}),
                browser);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Signup, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Signup, answers_with_a_flow_its_end_and_the_time_of_a_resend) {
  const auto response = sign_up_as("ada", "ada@example.org");
  EXPECT_EQ(outcome(response), "202");
  EXPECT_EQ(text_in(response, "flow").size(), 22U);
  EXPECT_EQ(text_in(response, "expires_at"), "2026-03-12T09:40:00.000000Z");
  EXPECT_EQ(text_in(response, "resend_at"), "2026-03-12T09:31:00.000000Z");
  EXPECT_TRUE(response.set_cookies.empty());
}

TEST_P(Signup, queues_a_code_for_the_address_and_creates_no_user) {
  const auto response = sign_up_as("ada", "Ada@example.org");
  const QueuedMail mail = last_mail();
  EXPECT_EQ(mail.kind, "signup_code");
  EXPECT_EQ(mail.flow, text_in(response, "flow"));
  EXPECT_EQ(mail.recipient, "Ada@example.org");
  EXPECT_EQ(mail.username, "ada");
  EXPECT_EQ(count("users"), 0);
}

TEST_P(Signup, names_every_wrong_field_at_once_and_writes_nothing) {
  const auto response = call("signup", R"({"username":"a","email":"no","role":"admin"})");
  EXPECT_EQ(outcome(response), "422 validation_failed");
  EXPECT_THAT(field_errors(response),
              testing::UnorderedElementsAre("role unknown", "username too_short", "email invalid",
                                            "password required"));
  EXPECT_EQ(count("code_flows") + count("pending_signups") + count("outbox") + count("throttles"),
            0);
}

TEST_P(Signup, refuses_a_common_password) {
  EXPECT_THAT(field_errors(sign_up_as("ada", "ada@example.org", "iloveyou1")),
              ElementsAre("password common_password"));
}

TEST_P(Signup, refuses_a_password_that_is_the_name_the_address_or_its_local_part) {
  const std::string email = "ada.lovelace@example.org";
  for (const std::string password : {"Countess-Ada", "ADA.LOVELACE@example.org", "ada.lovelace"}) {
    EXPECT_THAT(field_errors(sign_up_as("countess-ada", email, password)),
                ElementsAre("password same_as_account"));
  }
}

TEST_P(Signup, tells_of_a_taken_name_at_once_in_any_case_of_letters) {
  Browser ada;
  sign_up("Ada", "ada@example.org", kPassword, ada);
  EXPECT_EQ(outcome(sign_up_as("aDA", "other@example.org")), "409 username_taken");
  EXPECT_EQ(count("pending_signups"), 0);
}

TEST_P(Signup, answers_a_taken_address_like_a_free_one) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  auto taken = sign_up_as("eve", "ADA@example.org");
  auto free = sign_up_as("eve", "eve@example.org");
  const auto mask = [](http::Response& response) {
    response.body.replace(response.body.find(text_in(response, "flow")), 22, "FLOW");
  };
  mask(taken), mask(free);
  EXPECT_EQ(taken.status, free.status);
  EXPECT_EQ(taken.headers, free.headers);
  EXPECT_EQ(taken.body, free.body);
  EXPECT_EQ(taken.set_cookies, free.set_cookies);
}

TEST_P(Signup, writes_the_same_rows_for_a_taken_address_and_tells_its_owner) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  const auto rows = [&] {
    return std::vector{count("code_flows"), count("pending_signups"), count("outbox"),
                       count("throttles")};
  };
  const auto before = rows();
  sign_up_as("eve", "ada@example.org");
  const auto after_taken = rows();
  EXPECT_EQ(last_mail().kind, "already_registered");
  EXPECT_EQ(last_mail().username, "ada");
  EXPECT_EQ(last_mail().flow.size(), 22U);
  forget_throttles();
  const auto between = rows();
  sign_up_as("eve", "eve@example.org");
  const auto after_free = rows();
  for (std::size_t i = 0; i < before.size(); ++i) {
    EXPECT_EQ(after_taken[i] - before[i], after_free[i] - between[i]) << i;
  }
}

TEST_P(Signup, a_flow_for_a_taken_address_accepts_no_code) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  const auto flow = begin_signup("eve", "ada@example.org");
  const auto code = codes().code(auth::CodePurpose::signup, flow, 1);
  EXPECT_EQ(outcome(call("verify_otp", body({{"flow", flow}, {"otp", code}}))), "422 code_wrong");
  EXPECT_EQ(count("users"), 1);
}

TEST_P(Signup, reserves_neither_name_nor_address) {
  begin_signup("ada", "ada@example.org", "the attacker's own", "198.51.100.7");
  Browser victim;
  sign_up("ada", "ada@example.org", "the victim's password", victim);
  EXPECT_EQ(outcome(call("me", {}, victim)), "200");
}

TEST_P(Signup, an_attackers_earlier_sign_up_never_sets_his_password) {
  const auto attack = begin_signup("ada", "ada@example.org", "the attacker's own", "198.51.100.7");
  Browser victim;
  sign_up("ada", "ada@example.org", "the victim's password", victim);
  const auto response = call("verify_otp", body({{"flow", attack}, {"otp", code_of(attack)}}));
  EXPECT_EQ(outcome(response), "409 email_taken");
  EXPECT_EQ(outcome(call("login", body({{"username", "ada"}, {"password", "the attacker's own"}}))),
            "401 invalid_credentials");
}

TEST_P(Signup, a_second_mail_within_a_minute_is_withheld_without_a_word) {
  sign_up_as("ada", "ada@example.org");
  const auto flow = begin_signup("ada2", "ada@example.org");
  EXPECT_EQ(last_mail().kind, "nothing");
  const auto code = codes().code(auth::CodePurpose::signup, flow, 1);
  EXPECT_EQ(outcome(call("verify_otp", body({{"flow", flow}, {"otp", code}}))), "422 code_wrong");
}

TEST_P(Signup, thirty_flows_from_thirty_sources_send_twenty_mails) {
  for (int i = 0; i < 30; ++i) {
    begin_signup("ada", "ada@example.org", kPassword, "192.0.2." + std::to_string(i + 1));
  }
  const auto all = mails();
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [](const auto& m) { return m.kind == "signup_code"; }),
      20);
  EXPECT_EQ(
      std::count_if(all.begin(), all.end(), [](const auto& m) { return m.kind == "nothing"; }), 10);
}

TEST_P(Signup, one_source_asks_for_twenty_mails_an_hour_then_429) {
  for (int i = 0; i < 20; ++i) {
    begin_signup("ada", "ada" + std::to_string(i) + "@example.org");
  }
  const auto rows = count("code_flows");
  const auto response = sign_up_as("ada", "ada20@example.org");
  EXPECT_EQ(outcome(response), "429 too_many_requests");
  EXPECT_EQ(retry_after(response), 3600);
  EXPECT_EQ(count("code_flows"), rows);
  clock.advance(std::chrono::hours(1));
  EXPECT_EQ(outcome(sign_up_as("ada", "ada20@example.org")), "202");
}

TEST_P(Signup, a_thousand_names_from_one_source_are_throttled) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  int told = 0;
  for (int i = 0; i < 1000; ++i) {
    if (outcome(sign_up_as("ada", "x@example.org")) == "409 username_taken") ++told;
  }
  EXPECT_EQ(told, 60);
}

TEST_P(Signup, the_source_of_ipv6_is_its_64) {
  settings.signup_source_hour.count = 1;
  EXPECT_EQ(outcome(sign_up_as("ada", "ada@example.org", kPassword, "2001:db8:1:2::1")), "202");
  EXPECT_EQ(outcome(sign_up_as("bob", "bob@example.org", kPassword, "2001:db8:1:2:ffff::9")),
            "429 too_many_requests");
  EXPECT_EQ(outcome(sign_up_as("bob", "bob@example.org", kPassword, "2001:db8:1:3::1")), "202");
}

}  // namespace
}  // namespace tms::tests
