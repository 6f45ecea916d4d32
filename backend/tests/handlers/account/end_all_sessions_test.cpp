#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class EndAllSessions : public AccountsTest {
 protected:
  void SetUp() override { sign_up("ada", "ada@example.org", kPassword, browser); }
  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         EndAllSessions,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(EndAllSessions, signs_out_every_device_this_one_too) {
  std::vector<Browser> devices{browser, log_in("ada", kPassword), log_in("ada", kPassword)};
  const auto response = call("end_all_sessions", {}, browser);
  EXPECT_EQ(outcome(response), "204");
  EXPECT_THAT(response.set_cookies, testing::ElementsAre(testing::HasSubstr("Max-Age=0")));
  for (Browser& device : devices)
    EXPECT_EQ(outcome(call("me", {}, device)), "401 not_signed_in");
}

TEST_P(EndAllSessions, leaves_other_users_signed_in) {
  Browser bob;
  sign_up("bob", "bob@example.org", kPassword, bob);
  call("end_all_sessions", {}, browser);
  EXPECT_EQ(outcome(call("me", {}, bob)), "200");
}

TEST_P(EndAllSessions, by_one_who_is_signed_out_ends_nothing) {
  Browser phone = log_in("ada", kPassword);
  Browser copy = browser;
  call("logout", {}, copy);
  const auto response = call("end_all_sessions", {}, browser);
  EXPECT_EQ(outcome(response), "401 not_signed_in");
  EXPECT_TRUE(response.set_cookies.empty());
  EXPECT_EQ(outcome(call("me", {}, phone)), "200");
}

}  // namespace
}  // namespace tms::tests
