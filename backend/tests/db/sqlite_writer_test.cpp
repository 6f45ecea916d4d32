// The writer thread of SQLite: batches, savepoints, jobs of the server, faults.

#include <gmock/gmock.h>

#include <array>
#include <atomic>
#include <chrono>
#include <exception>
#include <future>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

// A foreign key that is checked at COMMIT lets a test make COMMIT itself fail.
constexpr std::array kSteps{
    Migration{1, "test tables", "", R"sql(
create table parents (id integer primary key) strict;
create table notes (
  id integer primary key,
  parent integer references parents deferrable initially deferred,
  words text
) strict)sql"},
};

constexpr Statement kInsert{"test_insert_note", "insert into notes (id, words) values ($1, $2)"};
constexpr Statement kInsertOrphan{"test_insert_orphan",
                                  "insert into notes (id, parent) values ($1, 12345)"};
constexpr Statement kRows{"test_count_notes", "select count(*) from notes"};
constexpr Statement kPageLimit{"test_page_limit", "pragma max_page_count = 40"};
constexpr Statement kNoPageLimit{"test_no_page_limit", "pragma max_page_count = 1000000"};

class SqliteWriter : public testing::Test {
 protected:
  SqliteWriter() { database_.migrate(); }

  SqliteOptions options() const {
    return {.file = folder_.path() / "tms.db", .write_queue = 100, .migrations = kSteps};
  }

  void insert(int id, const std::string& words = "") {
    database_.write([&](Transaction& transaction) { transaction.execute(kInsert, id, words); },
                    tests::soon());
  }

  std::int64_t rows() {
    std::int64_t count = -1;
    const auto count_rows = [&](Transaction& transaction) {
      transaction.query(kRows, [&](const Row& row) { count = row.integer(0); });
    };
    database_.read(count_rows, tests::soon());
    return count;
  }

  /// Keeps the writer busy until destroyed, so that what is queued meanwhile becomes one batch.
  class Held {
   public:
    explicit Held(SqliteDatabase& database) {
      // Shared: the writer may still be leaving `wait` when this is gone.
      const auto begun = std::make_shared<std::promise<void>>();
      database.submit_write_job(
          [begun, go_on = go_on_.get_future().share()] {
            begun->set_value();
            go_on.wait();
          },
          {});
      begun->get_future().wait();
    }
    ~Held() { go_on_.set_value(); }
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    std::promise<void> go_on_;
  };

  enum class Outcome { durable, failed, unavailable };

  /// Submits a job and lets the test wait for what its completion was told.
  template <class Job>
  std::future<Outcome> submit(Job job) {
    const auto told = std::make_shared<std::promise<Outcome>>();
    database_.submit_write_job(
        job, [told](const std::exception_ptr& error) { told->set_value(outcome_of(error)); });
    return told->get_future();
  }

  static Outcome outcome_of(const std::exception_ptr& error) {
    if (!error) return Outcome::durable;
    try {
      std::rethrow_exception(error);
    } catch (const Unavailable&) {
      return Outcome::unavailable;
    } catch (...) {
      return Outcome::failed;
    }
  }

  auto inserting(int id) {
    return [this, id] { insert(id); };
  }

  auto inserting_orphan(int id) {
    return [this, id] {
      database_.write([&](Transaction& transaction) { transaction.execute(kInsertOrphan, id); },
                      tests::soon());
    };
  }

  tests::TemporaryFolder folder_;
  SqliteDatabase database_{options()};
};

TEST_F(SqliteWriter, commits_what_was_queued_in_one_batch_before_it_tells_anybody) {
  std::vector<std::int64_t> seen;
  std::vector<std::future<Outcome>> told;
  {
    const Held held(database_);
    for (int id = 1; id <= 3; ++id) {
      database_.submit_write_job(inserting(id), [&](const std::exception_ptr& error) {
        EXPECT_FALSE(error);
        // Another thread sees all three already when the first is told.
        std::thread([&] { seen.push_back(rows()); }).join();
      });
    }
    told.push_back(submit([] {}));
  }
  told.front().get();
  EXPECT_THAT(seen, testing::ElementsAre(3, 3, 3));
}

TEST_F(SqliteWriter, undoes_only_the_job_that_fails) {
  std::vector<std::future<Outcome>> told;
  {
    const Held held(database_);
    told.push_back(submit(inserting(1)));
    told.push_back(submit(inserting(1)));
    told.push_back(submit(inserting(2)));
  }
  EXPECT_EQ(told[0].get(), Outcome::durable);
  EXPECT_EQ(told[1].get(), Outcome::failed);
  EXPECT_EQ(told[2].get(), Outcome::durable);
  EXPECT_EQ(rows(), 2);
}

TEST_F(SqliteWriter, keeps_the_first_write_of_a_job_whose_second_fails) {
  auto told = submit([this] {
    insert(1);
    insert(1);
  });
  EXPECT_EQ(told.get(), Outcome::failed);
  EXPECT_EQ(rows(), 1);
}

TEST_F(SqliteWriter, fails_every_job_of_a_batch_whose_commit_fails) {
  std::atomic<bool> hook_ran = false;
  std::vector<std::future<Outcome>> told;
  {
    const Held held(database_);
    told.push_back(submit([&] {
      database_.write(
          [&](Transaction& transaction) {
            transaction.after_commit([&] { hook_ran = true; });
            transaction.execute(kInsert, 1, "");
          },
          tests::soon());
    }));
    told.push_back(submit(inserting_orphan(2)));
    told.push_back(submit(inserting(3)));
  }
  for (auto& each : told)
    EXPECT_EQ(each.get(), Outcome::unavailable);
  EXPECT_EQ(rows(), 0);
  EXPECT_FALSE(hook_ran);
  insert(4);
  EXPECT_EQ(rows(), 1) << "and the next batch works";
}

TEST_F(SqliteWriter, runs_hooks_before_the_completion_of_their_job) {
  std::vector<std::string> events;
  const auto done = std::make_shared<std::promise<void>>();
  database_.submit_write_job(
      [&] {
        database_.write(
            [&](Transaction& transaction) {
              transaction.after_commit([&] { events.emplace_back("hook"); });
              transaction.execute(kInsert, 1, "");
            },
            tests::soon());
        events.emplace_back("job");
      },
      [&events, done](const std::exception_ptr&) {
        events.emplace_back("completion");
        done->set_value();
      });
  done->get_future().wait();
  EXPECT_THAT(events, testing::ElementsAre("job", "hook", "completion"));
}

TEST_F(SqliteWriter, lets_a_job_read_what_it_has_written) {
  std::int64_t seen = -1;
  submit([&] {
    insert(1);
    seen = rows();
  }).get();
  EXPECT_EQ(seen, 1);
}

TEST_F(SqliteWriter, goes_on_when_a_hook_or_a_completion_throws) {
  database_.submit_write_job(
      [this] {
        database_.write(
            [](Transaction& transaction) {
              transaction.after_commit([] { throw std::runtime_error("hook"); });
            },
            tests::soon());
      },
      [](const std::exception_ptr&) { throw std::runtime_error("completion"); });
  insert(1);
  EXPECT_EQ(rows(), 1);
}

TEST_F(SqliteWriter, refuses_the_use_of_the_database_in_a_completion) {
  const auto refused = std::make_shared<std::promise<bool>>();
  database_.submit_write_job([] {},
                             [this, refused](const std::exception_ptr&) {
                               try {
                                 insert(1);
                                 refused->set_value(false);
                               } catch (const std::logic_error&) {
                                 refused->set_value(true);
                               }
                             });
  EXPECT_TRUE(refused->get_future().get());
}

TEST_F(SqliteWriter, refuses_more_than_its_queue_holds) {
  const Held held(database_);
  for (int job = 0; job < 100; ++job)
    database_.submit_write_job([] {}, {});
  try {
    insert(1);
    FAIL() << "was queued";
  } catch (const Unavailable& refusal) {
    EXPECT_EQ(refusal.reason(), Unavailable::Reason::overloaded);
    EXPECT_GE(refusal.retry_after(), std::chrono::seconds(1));
  }
  EXPECT_THROW(database_.submit_write_job([] {}, {}), Unavailable);
  EXPECT_NO_THROW(database_.write_later([](Transaction&) {}));
}

TEST_F(SqliteWriter, does_not_run_a_write_whose_deadline_passed_in_the_queue) {
  const auto in_a_moment = std::chrono::steady_clock::now() + std::chrono::milliseconds(20);
  bool ran = false;
  {
    const Held held(database_);
    EXPECT_THROW(database_.write([&](Transaction&) { ran = true; }, in_a_moment), Unavailable);
  }
  insert(1);
  EXPECT_FALSE(ran);
}

TEST_F(SqliteWriter, commits_for_many_threads_and_loses_nothing) {
  constexpr int kThreads = 16;
  constexpr int kEach = 40;
  std::vector<std::thread> threads;
  for (int thread = 0; thread < kThreads; ++thread) {
    threads.emplace_back([this, thread] {
      for (int row = 0; row < kEach; ++row) {
        insert(thread * kEach + row);
        if (row % 10 == 0) {
          EXPECT_GE(rows(), row + 1);
        }
      }
    });
  }
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(rows(), kThreads * kEach);
}

TEST_F(SqliteWriter, answers_a_full_database_as_unavailable_and_resumes_by_itself) {
  const auto set = [&](const Statement& statement) {
    database_.write([&](Transaction& transaction) { transaction.execute(statement); },
                    tests::soon());
  };
  set(kPageLimit);
  int stored = 0;
  try {
    for (; stored < 1000; ++stored)
      insert(stored, std::string(10'000, 'x'));
    FAIL() << "was never full";
  } catch (const Unavailable& refusal) {
    EXPECT_GE(refusal.retry_after(), std::chrono::seconds(1));
  }
  EXPECT_EQ(rows(), stored) << "a reader goes on meanwhile";
  EXPECT_THROW(insert(5000, std::string(10'000, 'x')), Unavailable);
  set(kNoPageLimit);
  insert(5000, std::string(10'000, 'x'));
  EXPECT_EQ(rows(), stored + 1);
}

}  // namespace
}  // namespace tms::db
