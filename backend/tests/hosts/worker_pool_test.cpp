#include "backend/hosts/server/worker_pool.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace tms::hosts {
namespace {

using std::chrono::milliseconds;

TEST(WorkerPool, runs_every_task_once_before_stop_returns) {
  std::atomic<int> runs{0};
  WorkerPool pool({4, 1000, std::nullopt});
  int taken = 0;
  for (int index = 0; index < 500; ++index)
    taken += pool.submit({[&] { ++runs; }, {}}) ? 1 : 0;
  pool.stop();
  EXPECT_EQ(taken, 500);
  EXPECT_EQ(runs, 500);
}

TEST(WorkerPool, full_queue_refuses) {
  std::promise<void> started;
  std::promise<void> release;
  WorkerPool pool({1, 1, std::nullopt});
  ASSERT_TRUE(pool.submit({[&] {
                             started.set_value();
                             release.get_future().wait();
                           },
                           {}}));
  started.get_future().wait();
  EXPECT_TRUE(pool.submit({[] {}, {}}));
  EXPECT_EQ(pool.queued(), 1U);
  EXPECT_FALSE(pool.submit({[] {}, {}}));
  release.set_value();
}

TEST(WorkerPool, task_that_waits_too_long_expires_while_all_workers_are_stuck) {
  std::promise<void> started;
  std::promise<void> release;
  std::promise<void> expired;
  WorkerPool pool({1, 10, milliseconds(20)});
  ASSERT_TRUE(pool.submit({[&] {
                             started.set_value();
                             release.get_future().wait();
                           },
                           {}}));
  started.get_future().wait();
  std::atomic<bool> ran{false};
  ASSERT_TRUE(pool.submit({[&] { ran = true; }, [&] { expired.set_value(); }}));
  EXPECT_EQ(expired.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  release.set_value();
  pool.stop();
  EXPECT_FALSE(ran);
}

TEST(WorkerPool, task_that_comes_before_the_workers_have_woken_expires_as_well) {
  std::promise<void> release;
  const std::shared_future<void> released = release.get_future().share();
  std::promise<void> expired;
  WorkerPool pool({2, 10, milliseconds(20)});
  for (int worker = 0; worker < 2; ++worker) {
    // They are given up, too, should the two threads not have started within their 20 ms.
    ASSERT_TRUE(pool.submit({[released] { released.wait(); }, [] {}}));
  }
  ASSERT_TRUE(pool.submit({[released] { released.wait(); }, [&] { expired.set_value(); }}));
  EXPECT_EQ(expired.get_future().wait_for(std::chrono::seconds(10)), std::future_status::ready);
  release.set_value();
  pool.stop();
}

TEST(WorkerPool, stopped_pool_refuses) {
  WorkerPool pool({1, 10, milliseconds(1000)});
  pool.stop();
  EXPECT_FALSE(pool.submit({[] {}, [] {}}));
}

}  // namespace
}  // namespace tms::hosts
