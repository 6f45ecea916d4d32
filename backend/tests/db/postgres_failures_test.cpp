// What a server, a network and other clients can do to a PostgreSQL connection.

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <filesystem>
#include <iterator>
#include <latch>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "backend/db/postgres/connection.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/tcp_proxy.h"

namespace tms::db {
namespace {

using namespace std::chrono_literals;

constexpr Statement kInsert{"test_failures_insert", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, 0, 0, 0, 0))sql"};
constexpr Statement kIncrement{"test_failures_increment", R"sql(
update throttles
set count = count + 1
where bucket = $1)sql"};
constexpr Statement kCount{"test_failures_count", "select count from throttles where bucket = $1"};
constexpr Statement kRows{"test_failures_rows", "select count(*) from throttles"};
constexpr Statement kSleep{"test_failures_sleep", "select pg_sleep($1)"};
constexpr Statement kPid{"test_failures_pid", "select pg_backend_pid()"};
constexpr Statement kNonsense{"test_failures_nonsense", "select nothing from nowhere"};
constexpr Statement kEndSessions{"test_failures_end_sessions", R"sql(
select pg_terminate_backend(pid, 10000)
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid())sql"};
constexpr Statement kOtherSessions{"test_failures_other_sessions", R"sql(
select count(*)
from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid())sql"};

core::Deadline within(std::chrono::milliseconds time) {
  return std::chrono::steady_clock::now() + time;
}

class PostgresFailures : public testing::Test {
 protected:
  void SetUp() override {
    if (!postgres_) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
    execute(*helper_, kInsert, "bucket");
  }

  [[nodiscard]] PostgresDatabase open(PostgresOptions options = {}) const {
    if (options.url.empty()) options.url = url_;
    return PostgresDatabase(options);
  }

  template <class... Args>
  static void execute(Database& database, const Statement& statement, const Args&... args) {
    database.write([&](Transaction& transaction) { transaction.execute(statement, args...); },
                   tests::soon());
  }

  template <class... Args>
  static std::int64_t integer(Database& database, const Statement& statement, const Args&... args) {
    std::int64_t value = -1;
    database.read(
        [&](Transaction& transaction) {
          transaction.query(
              statement, [&](const Row& row) { value = row.integer(0); }, args...);
        },
        tests::soon());
    return value;
  }

  /// The count, by a connection that nothing was done to.
  std::int64_t count() { return integer(*helper_, kCount, "bucket"); }

  /// Ends every session of this database but the helper's, and waits until they are gone.
  void end_sessions() { execute(*helper_, kEndSessions); }

  std::optional<std::string> postgres_ = tests::postgres_server_url();
  std::string url_ = postgres_ ? tests::empty_postgres_database() : "";
  std::optional<PostgresDatabase> helper_ =
      postgres_ ? std::optional<PostgresDatabase>(std::in_place, PostgresOptions{.url = url_})
                : std::nullopt;
};

TEST_F(PostgresFailures, a_session_that_was_ended_while_idle_is_replaced_without_an_error) {
  PostgresDatabase database = open();
  EXPECT_EQ(integer(database, kCount, "bucket"), 0);
  end_sessions();
  EXPECT_EQ(integer(database, kCount, "bucket"), 0);
  end_sessions();
  execute(database, kIncrement, "bucket");
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFailures, a_session_that_the_server_found_idle_too_long_is_replaced) {
  const char separator = url_.find('?') == std::string::npos ? '?' : '&';
  PostgresDatabase database =
      open({.url = url_ + separator + "options=-c%20idle_session_timeout%3D50ms"});
  execute(database, kIncrement, "bucket");
  const core::Deadline patience = within(10s);
  while (integer(*helper_, kOtherSessions) > 1 && std::chrono::steady_clock::now() < patience) {
    std::this_thread::yield();  // the server ends it; ProgramDatabase's own session stays
  }
  ASSERT_LE(integer(*helper_, kOtherSessions), 1);
  execute(database, kIncrement, "bucket");
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresFailures, a_write_that_loses_its_session_before_commit_is_run_again) {
  PostgresDatabase database = open();
  int runs = 0;
  database.write(
      [&](Transaction& transaction) {
        transaction.execute(kIncrement, "bucket");
        if (++runs == 1) std::thread([this] { end_sessions(); }).join();
        transaction.execute(kIncrement, "bucket");
      },
      tests::soon());
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), 2) << "the first run left nothing behind";
}

TEST_F(PostgresFailures, a_read_that_loses_its_session_is_run_again) {
  PostgresDatabase database = open();
  int runs = 0;
  database.read(
      [&](Transaction& transaction) {
        if (++runs == 1) {
          transaction.execute(kPid);
          std::thread([this] { end_sessions(); }).join();
        }
        EXPECT_EQ(transaction.execute(kCount, "bucket"), 1U);
      },
      tests::soon());
  EXPECT_EQ(runs, 2);
}

TEST_F(PostgresFailures, a_write_that_loses_its_session_every_time_is_given_up) {
  PostgresDatabase database = open();
  int runs = 0;
  EXPECT_THROW(database.write(
                   [&](Transaction& transaction) {
                     ++runs;
                     transaction.execute(kIncrement, "bucket");
                     std::thread([this] { end_sessions(); }).join();
                     transaction.execute(kIncrement, "bucket");
                   },
                   tests::soon()),
               Unavailable);
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(count(), 0);
}

TEST_F(PostgresFailures, a_write_whose_commit_was_not_answered_is_never_run_again) {
  tests::TcpProxy proxy(tests::port_of(url_));
  PostgresDatabase database = open({.url = tests::with_port(url_, proxy.port())});
  // The whole text of the statement: "read committed" stands in another one.
  proxy.lose_answer_to(std::string("\0commit\0", 8));
  int runs = 0;
  bool hook_ran = false;
  EXPECT_THROW(database.write(
                   [&](Transaction& transaction) {
                     ++runs;
                     transaction.after_commit([&] { hook_ran = true; });
                     transaction.execute(kIncrement, "bucket");
                   },
                   tests::soon()),
               Unavailable);
  EXPECT_EQ(runs, 1);
  EXPECT_FALSE(hook_ran);
  EXPECT_EQ(count(), 1) << "it was committed, which nobody could know";
  execute(database, kIncrement, "bucket");
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresFailures, a_deadlock_is_resolved_by_running_one_of_both_again) {
  execute(*helper_, kInsert, "other");
  PostgresDatabase database = open();
  std::latch both_hold_one(2);
  std::atomic<int> runs = 0;
  const auto increment = [&](const char* first, const char* second) {
    bool again = false;
    database.write(
        [&](Transaction& transaction) {
          ++runs;
          transaction.execute(kIncrement, first);
          if (!std::exchange(again, true)) both_hold_one.arrive_and_wait();
          transaction.execute(kIncrement, second);
        },
        tests::soon());
  };
  std::thread opposite(increment, "other", "bucket");
  increment("bucket", "other");
  opposite.join();
  EXPECT_EQ(runs, 3);
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresFailures, a_deadline_ends_the_wait_for_a_row_that_somebody_else_holds) {
  PostgresDatabase database = open();
  helper_->write(
      [&](Transaction& holder) {
        holder.execute(kIncrement, "bucket");
        std::thread([&] {
          const auto increment = [](Transaction& transaction) {
            transaction.execute(kIncrement, "bucket");
          };
          EXPECT_THROW(database.write(increment, within(100ms)), Unavailable);
          // The session that hangs is gone, the next call has another one.
          EXPECT_EQ(integer(database, kCount, "bucket"), 0);
        }).join();
      },
      tests::soon());
  execute(database, kIncrement, "bucket");
  EXPECT_EQ(count(), 2) << "and the write that was given up came to nothing";
}

TEST_F(PostgresFailures, the_servers_limits_are_reported_as_unavailable_and_cost_no_session) {
  PostgresDatabase database = open({.statement_timeout = 100ms, .lock_timeout = 50ms});
  const std::int64_t session = integer(database, kPid);
  EXPECT_THROW(execute(database, kSleep, 5), Unavailable);
  helper_->write(
      [&](Transaction& holder) {
        holder.execute(kIncrement, "bucket");
        std::thread([&] {
          EXPECT_THROW(execute(database, kIncrement, "bucket"), Unavailable);
        }).join();
      },
      tests::soon());
  EXPECT_EQ(integer(database, kPid), session);
}

TEST_F(PostgresFailures, a_caller_waits_for_a_connection_no_longer_than_his_deadline) {
  PostgresDatabase database = open({.connections = 1});
  database.read(
      [&](Transaction& transaction) {
        transaction.execute(kPid);
        std::thread([&] {
          try {
            database.read([](Transaction&) {}, within(30ms));
            ADD_FAILURE() << "there was a second connection";
          } catch (const Unavailable& refusal) {
            EXPECT_EQ(refusal.reason(), Unavailable::Reason::overloaded);
          }
        }).join();
      },
      tests::soon());
  EXPECT_EQ(integer(database, kCount, "bucket"), 0);
}

TEST_F(PostgresFailures, many_threads_share_few_connections) {
  PostgresDatabase database = open({.connections = 2});
  std::vector<std::thread> threads;
  for (int thread = 0; thread < 8; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < 20; ++round)
        execute(database, kIncrement, "bucket");
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(count(), 160);
  EXPECT_LE(integer(*helper_, kOtherSessions), 3) << "two of the pool and ProgramDatabase's own";
}

TEST_F(PostgresFailures, a_server_that_is_down_is_asked_by_one_caller_and_found_again) {
  tests::TcpProxy proxy(tests::port_of(url_));
  PostgresDatabase database = open({.url = tests::with_port(url_, proxy.port())});
  execute(database, kIncrement, "bucket");
  proxy.set_down(true);
  for (int call = 0; call < 200; ++call) {
    EXPECT_THROW(execute(database, kIncrement, "bucket"), Unavailable);
  }
  EXPECT_LT(proxy.accepted(), 50) << "the others were refused without asking";
  proxy.set_down(false);
  const core::Deadline patience = within(10s);
  for (bool back = false; !back; std::this_thread::yield()) {
    try {
      execute(database, kIncrement, "bucket");
      back = true;
    } catch (const Unavailable&) {
      ASSERT_LT(std::chrono::steady_clock::now(), patience);
    }
  }
  EXPECT_EQ(count(), 2);
}

TEST_F(PostgresFailures, a_silent_network_is_given_up_at_the_deadline) {
  tests::TcpProxy proxy(tests::port_of(url_));
  PostgresDatabase database = open({.url = tests::with_port(url_, proxy.port())});
  execute(database, kIncrement, "bucket");
  proxy.set_silent(true);
  const auto read = [](Transaction& transaction) { transaction.execute(kRows); };
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(database.read(read, within(100ms)), Unavailable);
  EXPECT_THROW(database.read(read, within(100ms)), Unavailable) << "while it connects anew";
  EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
  proxy.set_silent(false);
  EXPECT_EQ(integer(database, kCount, "bucket"), 1) << "one caller's haste closed it for nobody";
}

TEST_F(PostgresFailures, a_database_that_is_not_there_is_told_from_a_server_that_is_down) {
  PostgresDatabase database = open({.url = tests::with_database(url_, "tms_no_such_database")});
  EXPECT_THROW(database.check_schema(), postgres::AccessRefused);
  EXPECT_THROW(open({.url = tests::with_port(url_, 1)}).migrate(), Unavailable);
}

TEST_F(PostgresFailures, a_statement_behind_a_failed_one_is_prepared_later) {
  PostgresDatabase database = open({.connections = 1});
  EXPECT_THROW(database.write(
                   [](Transaction& transaction) {
                     transaction.queue(kNonsense);
                     transaction.execute(kIncrement, "bucket");
                   },
                   tests::soon()),
               StatementFailed);
  execute(database, kIncrement, "bucket");
  EXPECT_THROW(execute(database, kNonsense), StatementFailed);
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFailures, a_pipeline_larger_than_all_buffers_does_not_block) {
  PostgresDatabase database = open();
  const std::string filler(8000, 'x');
  database.write(
      [&](Transaction& transaction) {
        for (int row = 0; row < 2000; ++row) {
          transaction.queue(kInsert, filler.substr(0, 1000) + std::to_string(row));
        }
      },
      tests::soon());
  EXPECT_EQ(integer(database, kRows), 2001);
}

TEST_F(PostgresFailures, old_connections_are_replaced) {
  PostgresDatabase database = open({.connections = 1, .max_connection_age = 0s});
  EXPECT_NE(integer(database, kPid), integer(database, kPid));
}

TEST_F(PostgresFailures, a_text_with_nul_is_refused_instead_of_cut) {
  EXPECT_THROW(execute(*helper_, kInsert, std::string("a\0b", 3)), StatementFailed);
}

TEST_F(PostgresFailures, writes_for_later_may_be_done_at_once) {
  PostgresDatabase database = open({.connections = 1, .background_writes = false});
  database.write_later([](Transaction& transaction) { transaction.execute(kIncrement, "bucket"); });
  EXPECT_EQ(count(), 1);
}

TEST_F(PostgresFailures, lost_sessions_leak_no_descriptor) {
  const auto descriptors = [] {
    const std::filesystem::directory_iterator open_ones("/proc/self/fd");
    return std::distance(begin(open_ones), end(open_ones));
  };
  PostgresDatabase database = open();
  execute(database, kIncrement, "bucket");
  const auto before = descriptors();
  for (int round = 0; round < 20; ++round) {
    end_sessions();
    execute(database, kIncrement, "bucket");
  }
  EXPECT_LE(descriptors(), before);
}

}  // namespace
}  // namespace tms::db
