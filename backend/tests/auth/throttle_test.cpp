#include "backend/auth/throttle.h"

#include <thread>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

constexpr db::Statement kBucketCount{"test_bucket_count", R"sql(
select count
from throttles)sql"};

class Throttle : public DatabaseTest {
 protected:
  auth::Verdict take(const auth::Claim& claim) {
    auth::Verdict verdict;
    database().write(
        [&](db::Transaction& transaction) {
          verdict = auth::take(transaction, claim, clock.now());
        },
        soon());
    return verdict;
  }

  ManualClock clock;
  const auth::Claim claim{auth::throttle_bucket("test", {"subject"}), {3, std::chrono::minutes(1)}};
};
INSTANTIATE_TEST_SUITE_P(Engines, Throttle, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Throttle, grants_as_many_as_the_budget_says) {
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(take(claim).granted);
  EXPECT_FALSE(take(claim).granted);
}

TEST_P(Throttle, says_how_long_the_window_lasts_from_its_first_event) {
  take(claim);
  clock.advance(std::chrono::milliseconds(20'500));
  EXPECT_EQ(take(claim).retry_after, std::chrono::seconds(40));
}

TEST_P(Throttle, starts_a_new_window_when_the_old_one_has_ended) {
  for (int i = 0; i < 10; ++i)
    take(claim);
  clock.advance(std::chrono::minutes(1) - std::chrono::microseconds(1));
  EXPECT_FALSE(take(claim).granted);
  clock.advance(std::chrono::microseconds(1));
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(take(claim).granted);
  EXPECT_FALSE(take(claim).granted);
}

TEST_P(Throttle, starts_a_new_window_when_the_clock_was_set_back) {
  clock.advance(std::chrono::hours(24 * 400));
  for (int i = 0; i < 10; ++i)
    take(claim);
  clock.advance(-std::chrono::hours(24 * 400));
  EXPECT_TRUE(take(claim).granted);
  EXPECT_EQ(take(claim).retry_after, std::chrono::minutes(1));
}

TEST_P(Throttle, keeps_the_window_of_a_server_whose_clock_is_a_little_ahead) {
  clock.advance(std::chrono::seconds(5));
  for (int i = 0; i < 10; ++i)
    take(claim);
  clock.advance(-std::chrono::seconds(5));
  EXPECT_FALSE(take(claim).granted);
}

TEST_P(Throttle, counts_each_bucket_alone) {
  for (int i = 0; i < 4; ++i)
    take(claim);
  EXPECT_TRUE(take({auth::throttle_bucket("test", {"other"}), claim.budget}).granted);
}

TEST_P(Throttle, grants_no_more_to_parallel_calls) {
  std::atomic<int> granted = 0;
  std::vector<std::thread> threads;
  for (int worker = 0; worker < 8; ++worker) {
    threads.emplace_back([&] {
      for (int i = 0; i < 10; ++i)
        granted += take(claim).granted ? 1 : 0;
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(granted, 3);
  EXPECT_EQ(integer(kBucketCount), 80);
}

TEST_P(Throttle, takes_back_what_was_counted) {
  database().write(
      [&](db::Transaction& transaction) {
        auth::take(transaction, claim, clock.now());
        auth::give_back(transaction, std::span(&claim, 1), 1);
      },
      soon());
  for (int i = 0; i < 3; ++i)
    EXPECT_TRUE(take(claim).granted);
  EXPECT_FALSE(take(claim).granted);
}

TEST_P(Throttle, forgets_a_bucket) {
  for (int i = 0; i < 4; ++i)
    take(claim);
  database().write([&](db::Transaction& transaction) { auth::forget(transaction, claim.bucket); },
                   soon());
  EXPECT_TRUE(take(claim).granted);
}

TEST(ThrottleBucket, keeps_subjects_apart_and_shows_none) {
  EXPECT_NE(auth::throttle_bucket("k", {"a", "bc"}), auth::throttle_bucket("k", {"ab", "c"}));
  EXPECT_NE(auth::throttle_bucket("k", {"a"}), auth::throttle_bucket("l", {"a"}));
  EXPECT_EQ(auth::throttle_bucket("k", {"ada@example.org"}).find("ada"), std::string::npos);
  EXPECT_EQ(auth::throttle_bucket("k", {std::string(100'000, 'x')}).size(), 24U);
}

}  // namespace
}  // namespace tms::tests
