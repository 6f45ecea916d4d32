// The file of SQLite is moved away, removed or replaced under a running server.

#include <gmock/gmock.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

namespace fs = std::filesystem;

constexpr Statement kInsert{"test_moved_insert",
                            "insert into installation (name, value) values ($1, '')"};
constexpr Statement kRows{"test_moved_count", "select count(*) from installation"};

class SqliteMovedFile : public testing::Test {
 protected:
  SqliteMovedFile() {
    database_->migrate();
    insert("before");
  }

  [[nodiscard]] fs::path file() const { return folder_.path() / "tms.db"; }
  [[nodiscard]] fs::path elsewhere() const { return folder_.path() / "elsewhere.db"; }
  [[nodiscard]] fs::path log() const { return file().string() + "-wal"; }

  void insert(const std::string& name) {
    database_->write([&](Transaction& transaction) { transaction.execute(kInsert, name); },
                     tests::soon());
  }

  std::int64_t rows() {
    std::int64_t count = -1;
    database_->read(
        [&](Transaction& transaction) {
          transaction.query(kRows, [&](const Row& row) { count = row.integer(0); });
        },
        tests::soon());
    return count;
  }

  /// Asks until the trial of a write that the first question starts has ended.
  bool takes_writes_soon() {
    for (int tries = 0; tries < 3; ++tries) {
      if (database_->takes_writes()) return true;
      // Comes after the trial on the writer thread.
      database_->check_schema();
    }
    return false;
  }

  tests::TemporaryFolder folder_;
  std::unique_ptr<SqliteDatabase> database_ =
      std::make_unique<SqliteDatabase>(SqliteOptions{.file = file()});
};

TEST_F(SqliteMovedFile, is_neither_read_nor_written_nor_made_anew) {
  ASSERT_EQ(rows(), 1);
  fs::rename(file(), elsewhere());
  EXPECT_THROW(rows(), Unavailable) << "by a connection that was open before";
  EXPECT_THROW(insert("during"), Unavailable);
  EXPECT_FALSE(fs::exists(file()));
}

TEST_F(SqliteMovedFile, works_again_when_it_is_back) {
  fs::rename(file(), elsewhere());
  EXPECT_THROW(insert("during"), Unavailable);
  fs::rename(elsewhere(), file());
  insert("after");
  EXPECT_EQ(rows(), 2);
}

TEST_F(SqliteMovedFile, is_noticed_by_callers_who_keep_answers) {
  ASSERT_TRUE(database_->data_version());
  fs::rename(file(), elsewhere());
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (database_->data_version() && std::chrono::steady_clock::now() < end)
    std::this_thread::yield();
  EXPECT_FALSE(database_->data_version());
}

TEST_F(SqliteMovedFile, is_not_confused_with_another_one_in_its_place) {
  fs::rename(file(), elsewhere());
  fs::copy_file(elsewhere(), file());
  EXPECT_THROW(insert("during"), Unavailable);
  EXPECT_THROW(rows(), Unavailable);
}

TEST_F(SqliteMovedFile, takes_no_writes_until_a_trial_of_one_succeeds) {
  EXPECT_TRUE(database_->takes_writes());
  fs::rename(file(), elsewhere());
  EXPECT_THROW(insert("during"), Unavailable);
  EXPECT_FALSE(takes_writes_soon());
  fs::rename(elsewhere(), file());
  EXPECT_TRUE(takes_writes_soon()) << "though nobody else writes";
}

TEST_F(SqliteMovedFile, whose_log_was_left_behind_is_not_replaced_by_an_empty_one) {
  // As a process leaves them that was killed.
  const fs::path kept_log = folder_.path() / "kept";
  fs::copy_file(log(), kept_log);
  database_.reset();
  fs::rename(file(), elsewhere());
  fs::rename(kept_log, log());
  const auto size = fs::file_size(log());
  ASSERT_GT(size, 0U);
  EXPECT_THAT([&] { SqliteDatabase({.file = file()}); },
              testing::ThrowsMessage<std::runtime_error>(testing::HasSubstr("is missing")));
  EXPECT_FALSE(fs::exists(file()));
  EXPECT_EQ(fs::file_size(log()), size);
}

}  // namespace
}  // namespace tms::db
