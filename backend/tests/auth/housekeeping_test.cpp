#include "backend/auth/housekeeping.h"

#include "backend/auth/throttle.h"
#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class Housekeeping : public AccountsTest {
 protected:
  void purge() { auth::purge_expired(database(), clock.now(), settings, limits(), soon()); }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         Housekeeping,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(Housekeeping, deletes_nothing_that_is_alive) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  const auto flow = begin_signup("bob", "bob@example.org");
  clock.advance(std::chrono::minutes(9));
  const auto throttles = count("throttles");
  purge();
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
  EXPECT_LE(count("throttles"), throttles);
  EXPECT_GT(count("throttles"), 0);
  EXPECT_EQ(outcome(call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}}))), "200");
}

TEST_P(Housekeeping, deletes_sign_ups_never_confirmed_after_a_day) {
  begin_signup("ada", "ada@example.org");
  clock.advance(std::chrono::hours(23));
  purge();
  EXPECT_EQ(count("pending_signups"), 1);
  clock.advance(std::chrono::hours(1));
  purge();
  EXPECT_EQ(count("pending_signups"), 0);
}

TEST_P(Housekeeping, deletes_flows_a_day_after_their_code_ended) {
  begin_reset("nobody@example.org");
  clock.advance(std::chrono::hours(24));
  purge();
  EXPECT_EQ(count("code_flows"), 1);
  clock.advance(std::chrono::minutes(10));
  purge();
  EXPECT_EQ(count("code_flows"), 0);
}

TEST_P(Housekeeping, deletes_sessions_that_were_idle_too_long) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  clock.advance(std::chrono::hours(24 * 14));
  purge();
  EXPECT_EQ(count("sessions"), 0);
  EXPECT_EQ(count("users"), 1);
}

TEST_P(Housekeeping, deletes_counters_whose_window_has_ended) {
  begin_reset("nobody@example.org");
  EXPECT_GT(count("throttles"), 0);
  clock.advance(std::chrono::hours(24));
  purge();
  EXPECT_EQ(count("throttles"), 0);
}

TEST_P(Housekeeping, keeps_the_counters_that_last_longest_when_there_are_too_many) {
  database().write(
      [&](db::Transaction& transaction) {
        for (int i = 1; i <= 50; ++i) {
          (void)auth::take(
              transaction,
              {auth::throttle_bucket("test", {std::to_string(i)}), {1, std::chrono::hours(i)}},
              clock.now());
        }
      },
      soon());
  settings.most_buckets = 10;
  purge();
  EXPECT_EQ(count("throttles"), 10);
  bool still_counted = false;
  database().write(
      [&](db::Transaction& transaction) {
        still_counted =
            !auth::take(transaction,
                        {auth::throttle_bucket("test", {"50"}), {1, std::chrono::hours(50)}},
                        clock.now())
                 .granted;
      },
      soon());
  EXPECT_TRUE(still_counted);
}

}  // namespace
}  // namespace tms::tests
