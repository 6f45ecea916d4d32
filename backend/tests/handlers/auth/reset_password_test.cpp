#include <gmock/gmock.h>

#include <thread>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

constexpr const char* kNewPassword = "another long phrase";

class ResetPassword : public AccountsTest {
 protected:
  void SetUp() override { sign_up("ada", "ada@example.org", kPassword, browser); }

  http::Response reset(const std::string& flow,
                       const std::string& code,
                       const std::string& password = kNewPassword) {
    return call("reset_password",
                body({{"flow", flow}, {"otp", code}, {"new_password", password}}));
  }
  std::string login_outcome(const std::string& password) {
    return outcome(call("login", body({{"username", "ada"}, {"password", password}})));
  }

  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ResetPassword,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(ResetPassword, sets_the_new_password_and_signs_nobody_in) {
  const auto flow = begin_reset("ada@example.org");
  const auto response = reset(flow, code_of(flow));
  EXPECT_EQ(outcome(response), "204");
  EXPECT_TRUE(response.set_cookies.empty());
  EXPECT_EQ(login_outcome(kPassword), "401 invalid_credentials");
  EXPECT_EQ(login_outcome(kNewPassword), "200");
}

TEST_P(ResetPassword, ends_every_session_of_the_user_and_of_nobody_else) {
  std::vector<Browser> devices{browser};
  for (int i = 0; i < 4; ++i)
    devices.push_back(log_in("ada", kPassword));
  Browser bob;
  sign_up("bob", "bob@example.org", kPassword, bob);
  const auto flow = begin_reset("ada@example.org");
  reset(flow, code_of(flow));
  for (Browser& device : devices)
    EXPECT_EQ(outcome(call("me", {}, device)), "401 not_signed_in");
  EXPECT_EQ(outcome(call("me", {}, bob)), "200");
}

TEST_P(ResetPassword, ends_every_other_code_of_the_account) {
  const auto first = begin_reset("ada@example.org");
  const auto second = begin_reset("ada@example.org", "198.51.100.1");
  reset(second, code_of(second));
  EXPECT_EQ(outcome(reset(first, code_of(first), "a third long phrase")), "410 code_expired");
  EXPECT_EQ(login_outcome(kNewPassword), "200");
}

TEST_P(ResetPassword, tells_the_owner_by_mail) {
  const auto flow = begin_reset("ada@example.org");
  reset(flow, code_of(flow));
  EXPECT_EQ(last_mail().kind, "password_changed");
  EXPECT_EQ(last_mail().recipient, "ada@example.org");
}

TEST_P(ResetPassword, a_code_works_once) {
  const auto flow = begin_reset("ada@example.org");
  reset(flow, code_of(flow));
  EXPECT_EQ(outcome(reset(flow, code_of(flow), "a third long phrase")), "410 code_expired");
}

TEST_P(ResetPassword, two_hundred_right_codes_at_once_succeed_once) {
  settings.code_check_source_minute.count = 1000;
  const auto flow = begin_reset("ada@example.org");
  const auto request = make_request(
      "reset_password",
      body({{"flow", flow}, {"otp", code_of(flow)}, {"new_password", kNewPassword}}), Browser{});
  std::vector<int> statuses(200);
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < 8; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::size_t i = worker; i < statuses.size(); i += 8) {
        statuses[i] = handle("reset_password", request).status;
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 204), 1);
  EXPECT_EQ(std::count(statuses.begin(), statuses.end(), 410) +
                std::count(statuses.begin(), statuses.end(), 429),
            199);
}

TEST_P(ResetPassword, five_tries_then_locked_even_if_right) {
  const auto flow = begin_reset("ada@example.org");
  for (const std::int64_t left : {4, 3, 2, 1, 0}) {
    EXPECT_EQ(integer_in(reset(flow, wrong_code_of(flow)), "attempts_left"), left);
  }
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "429 code_locked");
  EXPECT_EQ(login_outcome(kPassword), "200");
}

TEST_P(ResetPassword, a_code_lives_ten_minutes) {
  const auto flow = begin_reset("ada@example.org");
  clock.advance(std::chrono::seconds(601));
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "410 code_expired");
}

TEST_P(ResetPassword, a_flow_of_a_sign_up_is_410_even_with_its_code) {
  const auto flow = begin_signup("bob", "bob@example.org");
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "410 code_expired");
}

TEST_P(ResetPassword, a_password_that_names_the_account_is_told_only_after_the_right_code) {
  const auto flow = begin_reset("ada@example.org");
  const std::string bad = "ADA@example.org";
  EXPECT_EQ(outcome(reset(flow, wrong_code_of(flow), bad)), "422 code_wrong");
  for (int i = 0; i < 6; ++i) {
    EXPECT_THAT(field_errors(reset(flow, code_of(flow), bad)),
                testing::ElementsAre("new_password same_as_account"));
  }
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "204");
}

TEST_P(ResetPassword, a_refused_password_does_not_revive_a_used_code) {
  const auto flow = begin_reset("ada@example.org");
  reset(flow, code_of(flow));
  EXPECT_EQ(outcome(reset(flow, code_of(flow), "ADA@example.org")), "410 code_expired");
  EXPECT_EQ(outcome(reset(flow, code_of(flow), "a third long phrase")), "410 code_expired");
}

TEST_P(ResetPassword, a_common_password_is_refused_and_not_counted) {
  const auto flow = begin_reset("ada@example.org");
  for (int i = 0; i < 6; ++i) {
    EXPECT_THAT(field_errors(reset(flow, code_of(flow), "iloveyou1")),
                testing::ElementsAre("new_password common_password"));
  }
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "204");
}

constexpr db::Statement kLockAccount{"test_lock_account", "update users set locked_at = 1"};

TEST_P(ResetPassword, a_locked_account_keeps_its_password) {
  const auto flow = begin_reset("ada@example.org");
  execute(kLockAccount);
  EXPECT_EQ(outcome(reset(flow, code_of(flow))), "410 code_expired");
}

}  // namespace
}  // namespace tms::tests
