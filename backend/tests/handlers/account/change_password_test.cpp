#include "backend/handlers/account/change_password.h"

#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"
#include "backend/tests/support/meanwhile.h"

namespace tms::tests {
namespace {

constexpr const char* kNewPassword = "another long phrase";

class ChangePassword : public AccountsTest {
 protected:
  void SetUp() override { sign_up("ada", "ada@example.org", kPassword, browser); }

  http::Response change(const std::string& current, const std::string& replacement) {
    return call("change_password",
                body({{"current_password", current}, {"new_password", replacement}}), browser);
  }
  std::string login_outcome(const std::string& password) {
    return outcome(call("login", body({{"username", "ada"}, {"password", password}})));
  }

  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ChangePassword,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(ChangePassword, sets_the_new_password) {
  const auto response = change(kPassword, kNewPassword);
  EXPECT_EQ(outcome(response), "204");
  EXPECT_TRUE(response.set_cookies.empty());
  EXPECT_EQ(login_outcome(kPassword), "401 invalid_credentials");
  EXPECT_EQ(login_outcome(kNewPassword), "200");
}

TEST_P(ChangePassword, keeps_this_session_and_ends_the_others) {
  Browser phone = log_in("ada", kPassword);
  Browser desk = log_in("ada", kPassword);
  change(kPassword, kNewPassword);
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
  EXPECT_EQ(outcome(call("me", {}, phone)), "401 not_signed_in");
  EXPECT_EQ(outcome(call("me", {}, desk)), "401 not_signed_in");
}

TEST_P(ChangePassword, ends_codes_that_were_asked_for_before) {
  const auto flow = begin_reset("ada@example.org");
  change(kPassword, kNewPassword);
  const auto response =
      call("reset_password",
           body({{"flow", flow}, {"otp", code_of(flow)}, {"new_password", "a third phrase"}}));
  EXPECT_EQ(outcome(response), "410 code_expired");
}

TEST_P(ChangePassword, tells_the_owner_by_mail) {
  change(kPassword, kNewPassword);
  EXPECT_EQ(last_mail().kind, "password_changed");
  EXPECT_EQ(last_mail().recipient, "ada@example.org");
}

TEST_P(ChangePassword, a_wrong_current_password_is_422_and_changes_nothing) {
  const auto response = change("not my password", kNewPassword);
  EXPECT_EQ(outcome(response), "422 wrong_password");
  EXPECT_THAT(field_errors(response), testing::ElementsAre("current_password invalid"));
  EXPECT_EQ(login_outcome(kPassword), "200");
  EXPECT_EQ(mails().size(), 1U);
}

TEST_P(ChangePassword, ten_wrong_ones_in_a_quarter_of_an_hour_then_429) {
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(outcome(change("not my password", kNewPassword)), "422 wrong_password");
  }
  const auto response = change(kPassword, kNewPassword);
  EXPECT_EQ(outcome(response), "429 too_many_requests");
  EXPECT_EQ(retry_after(response), 900);
  clock.advance(std::chrono::minutes(15));
  EXPECT_EQ(outcome(change(kPassword, kNewPassword)), "204");
}

TEST_P(ChangePassword, refuses_short_common_and_account_passwords) {
  EXPECT_THAT(field_errors(change(kPassword, "short")),
              testing::ElementsAre("new_password too_short"));
  EXPECT_THAT(field_errors(change(kPassword, "password1")),
              testing::ElementsAre("new_password common_password"));
  EXPECT_THAT(field_errors(change(kPassword, "ada@example.org")),
              testing::ElementsAre("new_password same_as_account"));
  EXPECT_EQ(login_outcome(kPassword), "200");
}

TEST_P(ChangePassword, needs_a_live_session) {
  Browser copy = browser;
  call("logout", {}, copy);
  EXPECT_EQ(outcome(change(kPassword, kNewPassword)), "401 not_signed_in");
  EXPECT_EQ(login_outcome(kPassword), "200");
}

constexpr db::Statement kEndAllMeanwhile{"test_end_all_meanwhile", "delete from sessions"};
constexpr db::Statement kChangeMeanwhile{"test_change_meanwhile",
                                         "update users set password_hash = 'changed'"};

class ChangePasswordMeanwhile : public ChangePassword {
 protected:
  std::string change_while(const db::Statement& statement) {
    Meanwhile meanwhile([&] { execute(statement); });
    const auth::PasswordHasher hasher(secret().keys(auth::KeyPurpose::password_pepper),
                                      {.cost = 4, .at_once = 1}, meanwhile);
    const auth::SessionCheck sessions(clock, limits());
    email::Outbox outbox(clock, [] {});
    const handlers::ChangePassword handler(database(), sessions, hasher, outbox, settings);
    auto request = make_request(
        "change_password", body({{"current_password", kPassword}, {"new_password", kNewPassword}}),
        browser);
    request.identity = verifier().verify(browser.token, clock.now());
    meanwhile.armed = true;
    return outcome(handler.handle(request));
  }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ChangePasswordMeanwhile,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(ChangePasswordMeanwhile, a_session_ended_while_we_hash_changes_nothing) {
  EXPECT_EQ(change_while(kEndAllMeanwhile), "401 not_signed_in");
  EXPECT_EQ(login_outcome(kPassword), "200");
}

TEST_P(ChangePasswordMeanwhile, a_password_changed_while_we_hash_wins) {
  EXPECT_EQ(change_while(kChangeMeanwhile), "422 wrong_password");
  EXPECT_EQ(login_outcome(kNewPassword), "401 invalid_credentials");
}

TEST_P(ChangePassword, names_every_wrong_field) {
  EXPECT_THAT(
      field_errors(call("change_password", R"({"new_password":null,"user_id":2})", browser)),
      testing::UnorderedElementsAre("user_id unknown", "current_password required",
                                    "new_password type"));
}

}  // namespace
}  // namespace tms::tests
