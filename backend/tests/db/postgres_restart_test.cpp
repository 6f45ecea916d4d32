// A server that is stopped, crashes and comes back under load.

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "backend/db/postgres/postgres_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/postgres_cluster.h"
#include "backend/tests/support/postgres_server.h"

namespace tms::db {
namespace {

using namespace std::chrono_literals;

constexpr Statement kInsert{"test_restart_insert", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, 0, 0, 0, 0)
on conflict (bucket) do update
set count = throttles.count + 1)sql"};
constexpr Statement kEmpty{"test_restart_empty", "delete from throttles"};
constexpr Statement kAll{"test_restart_all", "select bucket, count from throttles"};

/// Threads that write without pause and keep a journal of what was acknowledged.
class Load {
 public:
  explicit Load(Database& database) : database_(database) {
    for (int thread = 0; thread < 4; ++thread) {
      threads_.emplace_back([this, thread] { write_until_stopped(thread); });
    }
  }
  ~Load() { stop(); }
  Load(const Load&) = delete;
  Load& operator=(const Load&) = delete;

  void stop() {
    stopped_ = true;
    for (std::thread& thread : threads_) {
      if (thread.joinable()) thread.join();
    }
  }

  /// Waits for `count` more acknowledged writes; false when they take too long.
  bool wait_for_more(std::size_t count) {
    std::unique_lock lock(mutex_);
    const std::size_t wanted = journal_.size() + count;
    return moved_.wait_for(lock, 30s, [&] { return journal_.size() >= wanted; });
  }

  /// Waits until one more call was refused.
  bool wait_for_refusal() {
    std::unique_lock lock(mutex_);
    const std::size_t before = refused_;
    return moved_.wait_for(lock, 30s, [&] { return refused_ > before; });
  }

  /// After `stop`.
  [[nodiscard]] std::chrono::steady_clock::duration slowest() const { return slowest_; }
  [[nodiscard]] const std::set<std::string>& journal() const { return journal_; }

 private:
  void write_until_stopped(int thread) {
    for (int row = 0; !stopped_; ++row) {
      const std::string name = std::to_string(thread) + ":" + std::to_string(row);
      const auto begun = std::chrono::steady_clock::now();
      bool acknowledged = true;
      try {
        database_.write([&](Transaction& transaction) { transaction.execute(kInsert, name); },
                        begun + 10s);
      } catch (const Unavailable&) {
        acknowledged = false;
      }
      const std::scoped_lock lock(mutex_);
      slowest_ = std::max(slowest_, std::chrono::steady_clock::now() - begun);
      if (acknowledged) journal_.insert(name);
      if (!acknowledged) ++refused_;
      moved_.notify_all();
    }
  }

  Database& database_;
  std::atomic<bool> stopped_ = false;
  std::mutex mutex_;  // guards everything below but the threads
  std::condition_variable moved_;
  std::set<std::string> journal_;
  std::size_t refused_ = 0;
  std::chrono::steady_clock::duration slowest_{};
  std::vector<std::thread> threads_;
};

class PostgresRestart : public testing::Test {
 protected:
  void SetUp() override {
    if (!tests::postgres_server_url()) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
    if (!cluster_) cluster_.emplace();
    database_.emplace(PostgresOptions{.url = cluster_->url(), .connections = 4});
    database_->migrate();
    database_->write([](Transaction& transaction) { transaction.execute(kEmpty); }, tests::soon());
  }

  static void TearDownTestSuite() { cluster_.reset(); }

  /// Everything acknowledged is there, and nothing was written twice.
  void expect_kept(const Load& load) {
    std::set<std::string> stored;
    database_->read(
        [&](Transaction& transaction) {
          stored.clear();
          transaction.query(kAll, [&](const Row& row) {
            stored.insert(std::string(row.text(0)));
            EXPECT_EQ(row.integer(1), 0) << row.text(0) << " was written twice";
          });
        },
        tests::soon());
    for (const std::string& name : load.journal())
      EXPECT_TRUE(stored.contains(name)) << name;
  }

  // One for all tests of the suite: it takes a while to make.
  static inline std::optional<tests::PostgresCluster> cluster_;
  std::optional<PostgresDatabase> database_;
};

TEST_F(PostgresRestart, under_load_costs_no_acknowledged_write_and_no_hanging_call) {
  Load load(*database_);
  ASSERT_TRUE(load.wait_for_more(50));
  cluster_->stop_fast();
  ASSERT_TRUE(load.wait_for_refusal());
  cluster_->start();
  const auto up = std::chrono::steady_clock::now();
  ASSERT_TRUE(load.wait_for_more(1)) << "writes never came back";
  const auto back = std::chrono::steady_clock::now() - up;
  ASSERT_TRUE(load.wait_for_more(50));
  load.stop();
  expect_kept(load);
  EXPECT_LT(load.slowest(), 8s) << "a call hung";
  RecordProperty("back_after_ms", static_cast<int>(back / 1ms));
  RecordProperty("slowest_ms", static_cast<int>(load.slowest() / 1ms));
}

TEST_F(PostgresRestart, after_a_crash_under_load_costs_no_acknowledged_write) {
  Load load(*database_);
  ASSERT_TRUE(load.wait_for_more(50));
  cluster_->crash();
  cluster_->start();
  ASSERT_TRUE(load.wait_for_more(50));
  load.stop();
  expect_kept(load);
}

TEST_F(PostgresRestart, between_two_calls_is_not_noticed) {
  const auto insert = [](Transaction& transaction) { transaction.execute(kInsert, "name"); };
  database_->write(insert, tests::soon());
  cluster_->stop_fast();
  cluster_->start();
  EXPECT_NO_THROW(database_->write(insert, tests::soon()));
}

}  // namespace
}  // namespace tms::db
