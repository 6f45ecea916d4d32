#include "backend/auth/mail_budget.h"

#include "backend/tests/support/databases.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

class MailBudget : public DatabaseTest {
 protected:
  auth::MailBudget::Answer ask(const std::string& email, const std::string& source) {
    auth::MailBudget::Answer answer;
    database().write(
        [&](db::Transaction& transaction) {
          answer = budget.ask(transaction, email, source, clock.now());
        },
        soon());
    return answer;
  }
  bool sends(const std::string& email, const std::string& source) {
    return !ask(email, source).withheld;
  }

  ManualClock clock;
  auth::ThrottleSettings settings;
  auth::MailBudget budget{settings};
};
INSTANTIATE_TEST_SUITE_P(Engines, MailBudget, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(MailBudget, sends_one_mail_a_minute_to_an_address_for_a_source) {
  EXPECT_TRUE(sends("a@example.org", "one"));
  clock.advance(std::chrono::milliseconds(59'999));
  EXPECT_FALSE(sends("a@example.org", "one"));
  EXPECT_TRUE(sends("b@example.org", "one"));
  EXPECT_TRUE(sends("a@example.org", "two"));
  clock.advance(std::chrono::milliseconds(1));
  EXPECT_TRUE(sends("a@example.org", "one"));
}

TEST_P(MailBudget, sends_five_an_hour) {
  for (int i = 0; i < 5; ++i) {
    EXPECT_TRUE(sends("a@example.org", "one"));
    clock.advance(std::chrono::minutes(1));
  }
  EXPECT_FALSE(sends("a@example.org", "one"));
  clock.advance(std::chrono::minutes(55));
  EXPECT_TRUE(sends("a@example.org", "one"));
}

TEST_P(MailBudget, sends_twenty_a_day_to_an_address_for_all_sources_together) {
  for (int i = 0; i < 20; ++i)
    EXPECT_TRUE(sends("a@example.org", std::to_string(i)));
  EXPECT_FALSE(sends("a@example.org", "another"));
  clock.advance(std::chrono::hours(24));
  EXPECT_TRUE(sends("a@example.org", "another"));
}

TEST_P(MailBudget, spends_nothing_of_the_addresss_on_a_mail_withheld) {
  EXPECT_TRUE(sends("a@example.org", "one"));
  for (int i = 0; i < 10; ++i)
    EXPECT_FALSE(sends("a@example.org", "one"));
  for (int i = 0; i < 4; ++i) {
    clock.advance(std::chrono::minutes(1));
    EXPECT_TRUE(sends("a@example.org", "one"));
  }
}

TEST_P(MailBudget, tells_a_source_that_asked_twenty_times_in_an_hour_to_wait) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_FALSE(ask(std::to_string(i) + "@example.org", "one").retry_after);
  }
  clock.advance(std::chrono::minutes(50));
  EXPECT_EQ(ask("x@example.org", "one").retry_after, std::chrono::minutes(10));
  EXPECT_FALSE(ask("x@example.org", "two").retry_after);
}

}  // namespace
}  // namespace tms::tests
