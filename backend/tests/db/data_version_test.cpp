// Reads of one statement, and how callers learn that the data is still the same.

#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <future>
#include <optional>
#include <string>
#include <thread>

#include "backend/db/bounded_database.h"
#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

constexpr Statement kInsert{"test_insert_bucket", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, 0, 0, 0, 0))sql"};
constexpr Statement kCount{"test_count_buckets", "select count(*) from throttles"};

class ReadOne : public tests::DatabaseTest {
 protected:
  void insert(const std::string& bucket) {
    database().write([&](Transaction& transaction) { transaction.execute(kInsert, bucket); },
                     tests::soon());
  }

  static std::int64_t count(Transaction& transaction) {
    std::int64_t rows = -1;
    transaction.query(kCount, [&](const Row& row) { rows = row.integer(0); });
    return rows;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         ReadOne,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(ReadOne, sees_what_was_written) {
  insert("a");
  std::int64_t rows = 0;
  database().read_one([&](Transaction& transaction) { rows = count(transaction); }, tests::soon());
  EXPECT_EQ(rows, 1);
}

TEST_P(ReadOne, refuses_a_second_statement) {
  const auto twice = [](Transaction& transaction) {
    count(transaction);
    count(transaction);
  };
  EXPECT_THROW(database().read_one(twice, tests::soon()), std::logic_error);
}

TEST_P(ReadOne, leaves_nothing_open_after_its_function_throws) {
  for (int round = 0; round < 40; ++round) {
    EXPECT_THROW(database().read_one(
                     [](Transaction& transaction) {
                       transaction.query(kCount, [](const Row&) { throw std::out_of_range("no"); });
                     },
                     tests::soon()),
                 std::out_of_range);
  }
  insert("a");
  std::int64_t rows = 0;
  database().read_one([&](Transaction& transaction) { rows = count(transaction); }, tests::soon());
  EXPECT_EQ(rows, 1);
}

TEST_P(ReadOne, is_told_the_version_of_the_data_by_sqlite_alone) {
  EXPECT_EQ(database().data_version().has_value(), database().engine() == Engine::sqlite);
  EXPECT_EQ(BoundedDatabase(database(), std::chrono::seconds(1)).data_version(),
            database().data_version());
}

class SqliteDataVersion : public testing::Test {
 protected:
  SqliteDataVersion() { database.migrate(); }

  void insert(int number) {
    const std::string bucket = std::to_string(number);
    database.write([&](Transaction& transaction) { transaction.execute(kInsert, bucket); },
                   tests::soon());
  }

  std::int64_t rows() {
    std::int64_t found = -1;
    database.read_one(
        [&](Transaction& transaction) {
          transaction.query(kCount, [&](const Row& row) { found = row.integer(0); });
        },
        tests::soon());
    return found;
  }

  tests::TemporaryFolder folder;
  SqliteDatabase database{{.file = folder.path() / "tms.db"}};
};

TEST_F(SqliteDataVersion, stays_while_nothing_is_written) {
  const auto before = database.data_version();
  ASSERT_TRUE(before);
  rows();
  EXPECT_EQ(database.data_version(), before);
}

TEST_F(SqliteDataVersion, stays_when_a_transaction_for_writing_writes_nothing) {
  insert(1);
  const auto before = database.data_version();
  ASSERT_TRUE(before);
  database.write([](Transaction& transaction) { transaction.query(kCount, [](const Row&) {}); },
                 tests::soon());
  EXPECT_EQ(database.data_version(), before);
}

TEST_F(SqliteDataVersion, is_another_after_every_write) {
  for (int round = 0; round < 20; ++round) {
    const auto before = database.data_version();
    insert(round);
    ASSERT_TRUE(database.data_version());
    ASSERT_NE(database.data_version(), before);
  }
}

TEST_F(SqliteDataVersion, is_not_told_inside_a_job_of_the_writer) {
  std::promise<std::optional<std::uint64_t>> told;
  database.submit_write_job([&] { told.set_value(database.data_version()); }, {});
  EXPECT_FALSE(told.get_future().get());
}

// What a cache relies on: as long as the version is the one from before a read, the read holds every
// write that has been acknowledged by now.
TEST_F(SqliteDataVersion, that_is_the_same_means_that_no_acknowledged_write_is_missed) {
  constexpr int kWanted = 200;
  constexpr int kMostWrites = 20'000;
  std::atomic<int> acknowledged = 0;
  std::atomic<int> compared = 0;
  std::thread writer([&] {
    while (compared < kWanted && acknowledged < kMostWrites) {
      insert(acknowledged);
      ++acknowledged;
    }
  });
  while (compared < kWanted && acknowledged < kMostWrites) {
    const auto version = database.data_version();
    if (!version) continue;
    const std::int64_t found = rows();
    for (int look = 0; look < 3; ++look) {
      const int written = acknowledged;
      if (database.data_version() != version) break;
      ++compared;
      EXPECT_GE(found, written);
    }
  }
  writer.join();
  EXPECT_GE(compared, kWanted);
}

}  // namespace
}  // namespace tms::db
