#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class EndSession : public AccountsTest {
 protected:
  void SetUp() override { sign_up("ada", "ada@example.org", kPassword, browser); }

  std::string id_of(const Browser& of) {
    return verifier().verify(of.token, clock.now())->session_id;
  }

  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines, EndSession, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(EndSession, signs_out_another_device_and_keeps_this_one) {
  Browser phone = log_in("ada", kPassword);
  const auto response = call_with_id("end_session", id_of(phone), browser);
  EXPECT_EQ(outcome(response), "204");
  EXPECT_TRUE(response.set_cookies.empty());
  EXPECT_EQ(outcome(call("me", {}, phone)), "401 not_signed_in");
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
}

TEST_P(EndSession, clears_the_cookie_when_the_device_is_this_one) {
  Browser copy = browser;
  const auto response = call_with_id("end_session", id_of(browser), browser);
  EXPECT_EQ(outcome(response), "204");
  EXPECT_THAT(response.set_cookies, testing::ElementsAre(testing::HasSubstr("Max-Age=0")));
  EXPECT_EQ(outcome(call("me", {}, copy)), "401 not_signed_in");
}

TEST_P(EndSession, of_somebody_else_is_404_like_one_that_is_not_there) {
  Browser bob;
  sign_up("bob", "bob@example.org", kPassword, bob);
  const auto foreign = call_with_id("end_session", id_of(bob), browser);
  const auto missing = call_with_id("end_session", "AAAAAAAAAAAAAAAAAAAAAA", browser);
  EXPECT_EQ(outcome(foreign), "404 not_found");
  EXPECT_EQ(foreign.body, missing.body);
  EXPECT_EQ(outcome(call("me", {}, bob)), "200");
}

TEST_P(EndSession, again_is_404) {
  const auto id = id_of(log_in("ada", kPassword));
  call_with_id("end_session", id, browser);
  EXPECT_EQ(outcome(call_with_id("end_session", id, browser)), "404 not_found");
}

TEST_P(EndSession, an_id_with_a_nul_is_404) {
  EXPECT_EQ(outcome(call_with_id("end_session", std::string_view("a\0b", 3), browser)),
            "404 not_found");
}

TEST_P(EndSession, by_one_who_is_signed_out_ends_nothing) {
  Browser phone = log_in("ada", kPassword);
  const auto id = id_of(phone);
  Browser copy = browser;
  call("logout", {}, copy);
  EXPECT_EQ(outcome(call_with_id("end_session", id, browser)), "401 not_signed_in");
  EXPECT_EQ(outcome(call("me", {}, phone)), "200");
}

}  // namespace
}  // namespace tms::tests
