// The browser that has logged in before: nobody's failures lock its owner out (security checklist,
// row 26), and its cookie is worth no more than that.
#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class KnownDevice : public AccountsTest {
 protected:
  void SetUp() override {
    settings.login_source_minute.count = 100'000;
    sign_up("ada", "ada@example.org", kPassword, home_);
  }

  http::Response log_in_as(const std::string& name,
                           const std::string& password,
                           const Browser& browser) {
    Browser copy = browser;
    return call("login", body({{"username", name}, {"password", password}}), copy);
  }

  /// Strangers who keep failing until both the name and the whole account are closed.
  void attack(const std::string& name) {
    const std::int64_t free_failures = settings.login_free_failures;
    settings.login_free_failures = 1'000'000;
    for (int i = 0; i < 101; ++i)
      log_in_as(name, "a guess", stranger());
    settings.login_free_failures = free_failures;
    log_in_as(name, "a guess", stranger());
  }

  static Browser stranger() {
    Browser browser;
    browser.address = "198.51.100.66";
    return browser;
  }

  static Browser with_device(const std::string& device) {
    Browser browser;
    browser.device = device;
    return browser;
  }

  Browser home_;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         KnownDevice,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(KnownDevice, logs_in_at_the_first_try_while_strangers_attack_the_account) {
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, stranger())), "429 too_many_requests");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(home_.device))), "200");
  EXPECT_EQ(outcome(log_in_as("ADA@example.org", kPassword, with_device(home_.device))), "200");
}

TEST_P(KnownDevice, is_one_that_signed_up_and_one_that_logged_in) {
  Browser laptop = log_in("ada", kPassword);
  ASSERT_FALSE(home_.device.empty());
  ASSERT_FALSE(laptop.device.empty());
  EXPECT_NE(home_.device, laptop.device);
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(laptop.device))), "200");
}

TEST_P(KnownDevice, still_needs_the_password) {
  EXPECT_EQ(outcome(log_in_as("ada", "not the password", with_device(home_.device))),
            "401 invalid_credentials");
  Browser browser = with_device(home_.device);
  EXPECT_EQ(call("me", {}, browser).status, 401);
}

TEST_P(KnownDevice, opens_the_account_to_itself_alone) {
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(home_.device))), "200");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, stranger())), "429 too_many_requests");
}

TEST_P(KnownDevice, of_another_account_waits_like_a_stranger) {
  Browser mallory;
  sign_up("mallory", "mallory@example.org", kPassword, mallory);
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(mallory.device))),
            "429 too_many_requests");
}

TEST_P(KnownDevice, forged_waits_like_a_stranger) {
  attack("ada");
  std::string forged = home_.device;
  forged.back() = forged.back() == 'A' ? 'E' : 'A';
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(forged))), "429 too_many_requests");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device("x"))), "429 too_many_requests");
}

TEST_P(KnownDevice, from_before_a_change_of_the_password_waits_like_a_stranger) {
  Browser thief = with_device(home_.device);
  Browser owner = log_in("ada", kPassword);
  EXPECT_EQ(outcome(call("change_password",
                         body({{"current_password", kPassword}, {"new_password", "a new phrase"}}),
                         owner)),
            "204");
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", "a new phrase", thief)), "429 too_many_requests");
}

TEST_P(KnownDevice, from_before_a_reset_waits_like_a_stranger) {
  const auto flow = begin_reset("ada@example.org");
  EXPECT_EQ(outcome(call(
                "reset_password",
                body({{"flow", flow}, {"otp", code_of(flow)}, {"new_password", "a new phrase"}}))),
            "204");
  attack("ada");
  EXPECT_EQ(outcome(log_in_as("ada", "a new phrase", with_device(home_.device))),
            "429 too_many_requests");
}

TEST_P(KnownDevice, that_is_stolen_is_worth_ten_guesses_a_day) {
  attack("ada");
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(outcome(log_in_as("ada", "a guess", with_device(home_.device))),
              "401 invalid_credentials");
  }
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(home_.device))),
            "429 too_many_requests");
}

TEST_P(KnownDevice, starts_anew_after_a_success) {
  attack("ada");
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 9; ++i)
      log_in_as("ada", "a guess", with_device(home_.device));
    EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(home_.device))), "200");
  }
}

TEST_P(KnownDevice, does_not_open_an_account_that_the_operator_locked) {
  constexpr db::Statement kLock{"test_lock_known_user", "update users set locked_at = 1"};
  execute(kLock);
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, with_device(home_.device))),
            "401 invalid_credentials");
}

TEST_P(KnownDevice, does_not_pass_the_budget_of_its_source) {
  settings.login_source_minute.count = 3;
  Browser browser = with_device(home_.device);
  browser.address = "203.0.113.9";
  for (int i = 0; i < 3; ++i)
    log_in_as("ada", "a guess", browser);
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, browser)), "429 too_many_requests");
}

}  // namespace
}  // namespace tms::tests
