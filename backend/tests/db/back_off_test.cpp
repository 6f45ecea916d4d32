#include "backend/db/postgres/back_off.h"

#include <gtest/gtest.h>

#include <chrono>
#include <optional>

#include "backend/db/database.h"

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

class BackOffTest : public testing::Test {
 protected:
  void fail() { const BackOff::Attempt attempt = back_off_.begin(); }

  void succeed() {
    BackOff::Attempt attempt = back_off_.begin();
    attempt.succeed();
  }

  std::chrono::steady_clock::time_point now_{1h};
  BackOff back_off_{[this] { return now_; }};
};

TEST_F(BackOffTest, lets_everybody_try_while_nothing_has_failed) {
  const BackOff::Attempt first = back_off_.begin();
  BackOff::Attempt second = back_off_.begin();
  second.succeed();
}

TEST_F(BackOffTest, refuses_everybody_right_after_a_failure) {
  fail();
  try {
    succeed();
    FAIL() << "was allowed";
  } catch (const Unavailable& refusal) {
    EXPECT_EQ(refusal.retry_after(), 1s);
    EXPECT_EQ(refusal.reason(), Unavailable::Reason::unreachable);
  }
}

TEST_F(BackOffTest, lets_one_at_a_time_try_again_after_the_pause) {
  fail();
  now_ += 130ms;
  const BackOff::Attempt probe = back_off_.begin();
  EXPECT_THROW(fail(), Unavailable);
}

TEST_F(BackOffTest, lets_everybody_try_after_a_success) {
  fail();
  now_ += 130ms;
  succeed();
  const BackOff::Attempt first = back_off_.begin();
  EXPECT_NO_THROW(succeed());
}

TEST_F(BackOffTest, doubles_the_pause_up_to_a_second) {
  for (const auto pause : {100ms, 200ms, 400ms, 800ms, 1000ms, 1000ms, 1000ms}) {
    fail();
    now_ += pause - 1ms;
    EXPECT_THROW(succeed(), Unavailable) << pause.count();
    now_ += 1ms + pause / 4;  // the jitter is at most a quarter
  }
}

TEST_F(BackOffTest, counts_failures_that_come_together_as_one) {
  {
    const BackOff::Attempt first = back_off_.begin();
    const BackOff::Attempt second = back_off_.begin();
    const BackOff::Attempt third = back_off_.begin();
  }
  now_ += 125ms;
  EXPECT_NO_THROW(succeed());
}

TEST_F(BackOffTest, counts_failures_of_one_moment_as_one_however_late_they_are_told) {
  auto first = std::make_optional<BackOff::Attempt>(back_off_, now_, false);
  auto second = std::make_optional<BackOff::Attempt>(back_off_, now_, false);
  now_ += 10ms;
  first.reset();
  now_ += 130ms;
  second.reset();
  EXPECT_NO_THROW(succeed()) << "the pause of the first is over, and the second makes no other";
}

TEST_F(BackOffTest, is_not_set_back_by_an_attempt_that_began_before_a_success) {
  auto late = std::make_optional<BackOff::Attempt>(back_off_, now_, false);
  now_ += 10ms;
  succeed();
  late.reset();
  EXPECT_NO_THROW(succeed());
}

TEST_F(BackOffTest, lets_nobody_try_beside_the_one_when_an_earlier_attempt_ends) {
  auto earlier = std::make_optional<BackOff::Attempt>(back_off_, now_, false);
  now_ += 10ms;
  fail();
  now_ += 130ms;
  const BackOff::Attempt probe = back_off_.begin();
  earlier.reset();
  EXPECT_THROW(fail(), Unavailable);
}

TEST_F(BackOffTest, takes_no_notice_of_an_abandoned_attempt) {
  {
    BackOff::Attempt hurried = back_off_.begin();
    hurried.abandon();
  }
  EXPECT_NO_THROW(succeed());
}

}  // namespace
}  // namespace tms::db::postgres
