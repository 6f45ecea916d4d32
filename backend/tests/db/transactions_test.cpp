// What a transaction promises, on both engines.

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <string>
#include <thread>
#include <vector>

#include "backend/tests/support/databases.h"

namespace tms::db {
namespace {

constexpr Statement kInsert{"test_insert_throttle", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, $2, 0, 0, 0))sql"};
constexpr Statement kIncrement{"test_increment_throttle", R"sql(
update throttles
set count = count + 1
where bucket = $1
returning count)sql"};
constexpr Statement kCount{"test_count_throttle", "select count from throttles where bucket = $1"};
constexpr Statement kRows{"test_throttle_rows", "select count(*) from throttles"};
constexpr Statement kBadMember{"test_member_of_no_list", R"sql(
insert into list_members (user_id, list_id, role)
values (999, $1, 'owner'))sql"};

class Transactions : public tests::DatabaseTest {
 protected:
  std::int64_t rows() { return integer(kRows); }

  template <class Work>
  void write(const Work& work) {
    database().write(work, tests::soon());
  }
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Transactions,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(Transactions, are_seen_by_a_reader_as_soon_as_write_returns) {
  for (int round = 0; round < 50; ++round) {
    execute(kInsert, "bucket " + std::to_string(round), 0);
    ASSERT_EQ(rows(), round + 1);
  }
}

TEST_P(Transactions, leave_nothing_behind_when_rolled_back) {
  bool hook_ran = false;
  write([&](Transaction& transaction) {
    transaction.after_commit([&] { hook_ran = true; });
    transaction.execute(kInsert, "executed", 0);
    transaction.queue(kInsert, "queued", 0);
    transaction.roll_back();
  });
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(hook_ran);
}

TEST_P(Transactions, leave_nothing_behind_when_their_function_throws) {
  bool hook_ran = false;
  EXPECT_THROW(write([&](Transaction& transaction) {
                 transaction.after_commit([&] { hook_ran = true; });
                 transaction.execute(kInsert, "executed", 0);
                 transaction.queue(kInsert, "queued", 0);
                 throw std::out_of_range("changed my mind");
               }),
               std::out_of_range);
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(hook_ran);
}

TEST_P(Transactions, fail_whole_when_a_statement_fails) {
  const auto no_list = core::Uuid::parse("0190a6b0-7c00-7abc-8def-0123456789ab").value();
  EXPECT_THROW(write([&](Transaction& transaction) {
                 transaction.execute(kInsert, "kept?", 0);
                 transaction.execute(kBadMember, no_list);
               }),
               StatementFailed);
  EXPECT_EQ(rows(), 0);
}

TEST_P(Transactions, fail_whole_when_the_last_queued_statement_fails) {
  EXPECT_THROW(write([&](Transaction& transaction) {
                 transaction.queue(kInsert, "twice", 0);
                 transaction.queue(kInsert, "twice", 0);
               }),
               StatementFailed);
  EXPECT_EQ(rows(), 0);
  execute(kInsert, "twice", 0);  // and the connection goes on
  EXPECT_EQ(rows(), 1);
}

TEST_P(Transactions, are_not_committed_when_an_error_was_swallowed) {
  EXPECT_THROW(write([&](Transaction& transaction) {
                 transaction.execute(kInsert, "once", 0);
                 try {
                   transaction.execute(kInsert, "once", 0);
                 } catch (const StatementFailed&) {
                 }
               }),
               std::logic_error);
  EXPECT_EQ(rows(), 0);
}

TEST_P(Transactions, run_queued_statements_in_the_order_given) {
  std::vector<std::int64_t> counts;
  execute(kInsert, "bucket", 0);
  const auto note = [&](const Row& row) { counts.push_back(row.integer(0)); };
  write([&](Transaction& transaction) {
    transaction.queue_query(kIncrement, note, "bucket");
    transaction.queue_query(kIncrement, note, "bucket");
    EXPECT_EQ(transaction.query(kIncrement, note, "bucket"), 1U);
    EXPECT_THAT(counts, testing::ElementsAre(1, 2, 3)) << "query runs what was queued before";
    transaction.queue_query(kIncrement, note, "bucket");
    transaction.flush();
    EXPECT_THAT(counts, testing::ElementsAre(1, 2, 3, 4));
    transaction.queue_query(kIncrement, note, "bucket");
  });
  EXPECT_THAT(counts, testing::ElementsAre(1, 2, 3, 4, 5));
}

TEST_P(Transactions, copy_the_texts_of_queued_statements) {
  write([&](Transaction& transaction) {
    std::string name = "a name too long for the small buffer of a string";
    transaction.queue(kInsert, name, 0);
    name.assign(name.size(), 'x');
  });
  EXPECT_EQ(integer(kCount, "a name too long for the small buffer of a string"), 0);
}

TEST_P(Transactions, run_their_hooks_once_and_in_order_after_the_commit) {
  std::vector<std::string> events;
  write([&](Transaction& transaction) {
    transaction.after_commit([&] { events.emplace_back("first hook"); });
    transaction.after_commit([&] { events.emplace_back("second hook"); });
    transaction.execute(kInsert, "bucket", 0);
    events.emplace_back("work");
  });
  EXPECT_THAT(events, testing::ElementsAre("work", "first hook", "second hook"));
}

TEST_P(Transactions, lose_no_increment_of_many_threads) {
  constexpr int kThreads = 8;
  constexpr int kRounds = 50;
  execute(kInsert, "bucket", 0);
  std::atomic<int> hooks = 0;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([&] {
      for (int round = 0; round < kRounds; ++round) {
        write([&](Transaction& transaction) {
          transaction.after_commit([&] { ++hooks; });
          transaction.execute(kIncrement, "bucket");
        });
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(integer(kCount, "bucket"), kThreads * kRounds);
  EXPECT_EQ(hooks, kThreads * kRounds);
}

TEST_P(Transactions, that_lock_in_opposite_order_both_succeed) {
  constexpr int kRounds = 5;
  execute(kInsert, "a", 0);
  execute(kInsert, "b", 0);
  const auto increment_both = [&](const char* first, const char* second) {
    for (int round = 0; round < kRounds; ++round) {
      write([&](Transaction& transaction) {
        transaction.execute(kIncrement, first);
        transaction.execute(kIncrement, second);
      });
    }
  };
  std::thread other(increment_both, "b", "a");
  increment_both("a", "b");
  other.join();
  EXPECT_EQ(integer(kCount, "a"), 2 * kRounds);
  EXPECT_EQ(integer(kCount, "b"), 2 * kRounds);
}

TEST_P(Transactions, that_only_read_see_one_snapshot) {
  execute(kInsert, "before", 0);
  database().read(
      [&](Transaction& transaction) {
        std::int64_t first = 0;
        std::int64_t second = 0;
        transaction.query(kRows, [&](const Row& row) { first = row.integer(0); });
        std::thread([&] { execute(kInsert, "meanwhile", 0); }).join();
        transaction.query(kRows, [&](const Row& row) { second = row.integer(0); });
        EXPECT_EQ(first, 1);
        EXPECT_EQ(second, 1);
      },
      tests::soon());
  EXPECT_EQ(rows(), 2);
}

TEST_P(Transactions, that_only_read_cannot_write) {
  EXPECT_ANY_THROW(database().read(
      [](Transaction& transaction) { transaction.execute(kInsert, "sneaked in", 0); },
      tests::soon()));
  EXPECT_EQ(rows(), 0);
}

TEST_P(Transactions, do_not_nest) {
  write([&](Transaction& transaction) {
    transaction.execute(kInsert, "outer", 0);
    EXPECT_THROW(execute(kInsert, "inner", 0), std::logic_error);
  });
  EXPECT_EQ(rows(), 1);
}

TEST_P(Transactions, are_not_to_be_used_by_their_visitors) {
  execute(kInsert, "bucket", 0);
  EXPECT_THROW(write([&](Transaction& transaction) {
                 transaction.query(kRows, [&](const Row&) {
                   transaction.execute(kInsert, "from the visitor", 0);
                 });
               }),
               std::logic_error);
  EXPECT_EQ(rows(), 1);
}

TEST_P(Transactions, whose_deadline_has_passed_do_not_begin) {
  const auto past = std::chrono::steady_clock::now() - std::chrono::milliseconds(1);
  const auto insert = [](Transaction& transaction) { transaction.execute(kInsert, "late", 0); };
  EXPECT_THROW(database().write(insert, past), Unavailable);
  EXPECT_EQ(rows(), 0);
}

TEST_P(Transactions, tell_that_the_deadline_stopped_a_long_query) {
  constexpr Statement kEndless{"test_count_to_a_billion", R"sql(
with recursive numbers (n) as (
  select 1
  union all
  select n + 1 from numbers where n < 1000000000
)
select count(*) from numbers)sql"};
  static constexpr Statement kStored = kEndless;
  const auto begun = std::chrono::steady_clock::now();
  EXPECT_THROW(database().read([](Transaction& transaction) { transaction.execute(kStored); },
                               begun + std::chrono::milliseconds(50)),
               Unavailable);
  EXPECT_LT(std::chrono::steady_clock::now() - begun, std::chrono::seconds(10));
  EXPECT_EQ(rows(), 0) << "and the next call works";
}

TEST_P(Transactions, that_nobody_waits_for_are_written_all_the_same) {
  std::atomic<bool> done = false;
  database().write_later([&](Transaction& transaction) {
    transaction.execute(kInsert, "later", 0);
    transaction.after_commit([&] {
      done = true;
      done.notify_one();
    });
  });
  done.wait(false);
  EXPECT_EQ(rows(), 1);
}

TEST_P(Transactions, that_nobody_waits_for_may_fail_in_silence) {
  database().write_later([](Transaction&) { throw std::runtime_error("nobody hears this"); });
  execute(kInsert, "next", 0);
  EXPECT_EQ(rows(), 1);
}

}  // namespace
}  // namespace tms::db
