#include <gmock/gmock.h>

#include "backend/http/json_value.h"
#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class ListSessions : public AccountsTest {
 protected:
  void SetUp() override { sign_up("ada", "ada@example.org", kPassword, browser); }

  std::vector<std::string> agents(Browser& of) {
    const auto document = http::parse_json(call("list_sessions", {}, of).body);
    std::vector<std::string> found;
    for (const auto& session : *document->find("sessions")->as_array()) {
      found.push_back(*session.find("user_agent")->as_string() +
                      (*session.find("current")->as_bool() ? " *" : ""));
    }
    return found;
  }

  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ListSessions,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(ListSessions, tells_of_this_device_what_it_knows) {
  const auto session_id = verifier().verify(browser.token, clock.now())->session_id;
  const auto response = call("list_sessions", {}, browser);
  EXPECT_EQ(response.status, 200);
  const std::string expected =
      R"json({"sessions":[{"session_id":")json" + session_id +
      R"json(","current":true,"created_at":"2026-03-12T09:30:00.000000Z",)json"
      R"json("last_seen":"2026-03-12T09:30:00.000000Z",)json"
      R"json("user_agent":"Mozilla/5.0 (test)","address":"192.0.2.1",)json"
      R"json("expires_at":"2026-06-10T09:30:00.000000Z"}]})json";
  EXPECT_EQ(response.body, expected);
}

TEST_P(ListSessions, lists_the_newest_first_and_marks_the_one_that_asks) {
  clock.advance(std::chrono::hours(1));
  Browser phone;
  phone.user_agent = "phone";
  call("login", body({{"username", "ada"}, {"password", kPassword}}), phone);
  EXPECT_THAT(agents(browser), testing::ElementsAre("phone", "Mozilla/5.0 (test) *"));
  EXPECT_THAT(agents(phone), testing::ElementsAre("phone *", "Mozilla/5.0 (test)"));
}

TEST_P(ListSessions, leaves_out_what_has_ended_and_what_is_not_mine) {
  clock.advance(std::chrono::hours(24 * 13));
  Browser bob;
  sign_up("bob", "bob@example.org", kPassword, bob);
  Browser phone;
  phone.user_agent = "phone";
  call("login", body({{"username", "ada"}, {"password", kPassword}}), phone);
  clock.advance(std::chrono::hours(24 * 2));
  EXPECT_THAT(agents(phone), testing::ElementsAre("phone *"));
}

TEST_P(ListSessions, without_a_live_session_is_401) {
  Browser copy = browser;
  call("logout", {}, copy);
  EXPECT_EQ(outcome(call("list_sessions", {}, browser)), "401 not_signed_in");
}

}  // namespace
}  // namespace tms::tests
