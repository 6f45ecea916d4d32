#include "backend/handlers/auth/logout.h"

#include <gmock/gmock.h>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

constexpr const char* kCleared =
    "__Host-tms_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure";

class Logout : public AccountsTest {};
INSTANTIATE_TEST_SUITE_P(Engines, Logout, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Logout, ends_the_session_at_once_and_clears_the_cookie) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  Browser copy = browser;
  const auto response = call("logout", {}, browser);
  EXPECT_EQ(outcome(response), "204");
  EXPECT_THAT(response.set_cookies, testing::ElementsAre(kCleared));
  EXPECT_EQ(outcome(call("me", {}, copy)), "401 not_signed_in");
  EXPECT_EQ(count("sessions"), 0);
}

TEST_P(Logout, leaves_the_other_devices_signed_in) {
  Browser phone;
  sign_up("ada", "ada@example.org", kPassword, phone);
  Browser desk = log_in("ada", kPassword);
  call("logout", {}, phone);
  EXPECT_EQ(outcome(call("me", {}, desk)), "200");
}

TEST_P(Logout, without_a_cookie_or_with_a_bad_one_is_204_and_clears_it) {
  for (const std::string token : {"", "nonsense", "a.b.c"}) {
    Browser browser;
    browser.token = token;
    const auto response = call("logout", {}, browser);
    EXPECT_EQ(outcome(response), "204");
    EXPECT_THAT(response.set_cookies, testing::ElementsAre(kCleared));
  }
}

TEST_P(Logout, ends_the_row_although_the_cookie_has_expired) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  clock.advance(std::chrono::hours(24 * 91));
  EXPECT_EQ(outcome(call("logout", {}, browser)), "204");
  EXPECT_EQ(count("sessions"), 0);
}

TEST_P(Logout, ends_both_sessions_of_a_cookie_that_is_there_twice) {
  Browser one;
  sign_up("ada", "ada@example.org", kPassword, one);
  const Browser two = log_in("ada", kPassword);
  auto request = make_request("logout", {}, one);
  request.headers.emplace_back("cookie", "__Host-tms_session=" + two.token);
  EXPECT_EQ(outcome(handle("logout", request)), "204");
  EXPECT_EQ(count("sessions"), 0);
}

/// A database that cannot be reached.
class AwayDatabase final : public db::Database {
 public:
  [[nodiscard]] db::Engine engine() const override { return db::Engine::sqlite; }
  void read(Work, core::Deadline) override { fail(); }
  void write(Work, core::Deadline) override { fail(); }
  void write_later(std::function<void(db::Transaction&)>) override {}

 private:
  [[noreturn]] static void fail() { throw db::Unavailable("away", std::chrono::seconds(2)); }
};

TEST_P(Logout, clears_the_cookie_even_when_the_row_cannot_be_ended_but_says_503) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  AwayDatabase away;
  const auth::SessionCookie cookie(auth::SessionCookie::Mode::https);
  const handlers::Logout logout(away, clock, verifier(), cookie);
  const auto response = logout.handle(make_request("logout", {}, browser));
  EXPECT_EQ(outcome(response), "503 database_unavailable");
  EXPECT_EQ(retry_after(response), 2);
  EXPECT_THAT(response.set_cookies, testing::ElementsAre(kCleared));
}

TEST_P(Logout, clears_the_cookie_when_a_commit_shared_with_others_failed) {
  const auth::SessionCookie cookie(auth::SessionCookie::Mode::https);
  const handlers::Logout logout(database(), clock, verifier(), cookie);
  http::Response response;
  logout.complete_failure(response);
  EXPECT_THAT(response.set_cookies, testing::ElementsAre(kCleared));
}

}  // namespace
}  // namespace tms::tests
