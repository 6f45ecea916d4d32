#include "backend/auth/login_throttle.h"

#include "backend/tests/support/databases.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using std::chrono::seconds;

TEST(LoginWaits, are_none_for_four_failures_then_double_from_30_seconds_to_15_minutes) {
  const auth::ThrottleSettings settings;
  const auth::LoginThrottle throttle(settings);
  for (int failures = 0; failures < 5; ++failures) {
    EXPECT_EQ(throttle.wait_after(failures), seconds(0)) << failures;
  }
  const std::vector<int> waits{30, 60, 120, 240, 480, 900, 900};
  for (std::size_t i = 0; i < waits.size(); ++i) {
    EXPECT_EQ(throttle.wait_after(static_cast<std::int64_t>(5 + i)), seconds(waits[i])) << i;
  }
}

TEST(LoginWaits, do_not_overflow) {
  const auth::ThrottleSettings settings;
  EXPECT_EQ(auth::LoginThrottle(settings).wait_after(std::numeric_limits<std::int64_t>::max()),
            std::chrono::minutes(15));
}

class LoginThrottle : public DatabaseTest {
 protected:
  std::optional<seconds> begin(std::string_view identifier, std::string_view source) {
    std::optional<seconds> wait;
    database().write(
        [&](db::Transaction& transaction) {
          wait = throttle.begin_source(transaction, source, clock.now());
          if (!wait) wait = throttle.begin(transaction, identifier, clock.now());
        },
        soon());
    return wait;
  }

  bool begin_account(std::optional<std::int64_t> user_id, std::string_view identifier) {
    bool within = false;
    database().write(
        [&](db::Transaction& transaction) {
          within = throttle.begin_account(transaction, user_id, identifier, clock.now());
        },
        soon());
    return within;
  }

  ManualClock clock;
  auth::ThrottleSettings settings;
  auth::LoginThrottle throttle{settings};
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         LoginThrottle,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(LoginThrottle, a_refused_attempt_does_not_prolong_the_wait) {
  for (int i = 0; i < 5; ++i)
    EXPECT_FALSE(begin("ada", "here"));
  EXPECT_EQ(begin("ada", "here"), seconds(30));
  clock.advance(seconds(20));
  EXPECT_EQ(begin("ada", "here"), seconds(10));
  clock.advance(seconds(10));
  EXPECT_FALSE(begin("ada", "here"));
}

TEST_P(LoginThrottle, a_wait_begun_by_a_clock_that_was_set_back_is_no_wait) {
  clock.advance(std::chrono::hours(24 * 400));
  for (int i = 0; i < 6; ++i)
    (void)begin("ada", "here");
  clock.advance(-std::chrono::hours(24 * 400));
  EXPECT_FALSE(begin("ada", "here"));
  // The failures still count.
  EXPECT_TRUE(begin("ada", "here"));
}

TEST_P(LoginThrottle, an_identifier_waits_whatever_the_source) {
  for (int i = 0; i < 5; ++i)
    (void)begin("ada", "source " + std::to_string(i));
  EXPECT_TRUE(begin("ada", "elsewhere"));
  EXPECT_FALSE(begin("bob", "elsewhere"));
}

TEST_P(LoginThrottle, an_account_counts_all_its_names_as_one) {
  settings.login_account_failures.count = 2;
  EXPECT_TRUE(begin_account(7, "ada"));
  EXPECT_TRUE(begin_account(7, "ada@example.org"));
  EXPECT_FALSE(begin_account(7, "ada"));
  EXPECT_TRUE(begin_account(8, "ada"));
}

TEST_P(LoginThrottle, a_name_without_account_is_counted_apart_from_all_accounts) {
  settings.login_account_failures.count = 1;
  EXPECT_TRUE(begin_account(std::nullopt, "7"));
  EXPECT_FALSE(begin_account(std::nullopt, "7"));
  EXPECT_TRUE(begin_account(7, "7"));
}

}  // namespace
}  // namespace tms::tests
