// Putting a backup in the place of a database file.

#include "backend/db/sqlite/restore_file.h"

#include <gmock/gmock.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <fstream>
#include <thread>

#include "backend/db/sqlite/lock_file.h"
#include "backend/db/sqlite/read_only_database.h"
#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/sample_rows.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

namespace fs = std::filesystem;
using std::chrono::microseconds;
using testing::HasSubstr;

constexpr core::Timestamp kNow = core::from_micros(1'800'000'000'000'000);
constexpr Statement kAddPair{"test_add_half_of_a_pair",
                             "insert into installation (name, value) values ($1, '')"};
constexpr Statement kTasks{"test_count_tasks", "select count(*) from tasks"};

class SqliteRestore : public testing::Test {
 protected:
  /// A database with the sample's four tasks and `more`, and a backup of it.
  void make(const fs::path& file, int more) const {
    SqliteDatabase database({.file = file});
    database.migrate();
    tests::add_sample_rows(database);
    if (more > 0) tests::add_sample_tasks(database, more);
  }

  static void back_up(const fs::path& database_file, const fs::path& file) {
    ReadOnlySqliteDatabase database(database_file);
    take_backup(database, file, "1.2.3", kNow, tests::soon());
  }

  void restore(bool replace) const {
    restore_sqlite_file(file_, backup_, {kNow, {}}, replace, tests::soon());
  }

  [[nodiscard]] std::int64_t tasks() const {
    ReadOnlySqliteDatabase database(file_);
    std::int64_t count = -1;
    database.read(
        [&](Transaction& transaction) {
          transaction.query(kTasks, [&](const Row& row) { count = row.integer(0); });
        },
        tests::soon());
    EXPECT_THAT(database.damage(tests::soon()), testing::IsEmpty());
    return count;
  }

  [[nodiscard]] std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(folder_.path()))
      names.push_back(entry.path().filename());
    return names;
  }

  tests::TemporaryFolder folder_;
  fs::path file_ = folder_.path() / "tms.db";
  fs::path backup_ = folder_.path() / "backup";
};

TEST_F(SqliteRestore, makes_the_database_where_there_is_none) {
  make(file_, 0);
  back_up(file_, backup_);
  fs::remove(file_);
  restore(false);
  EXPECT_EQ(tasks(), 4);
}

TEST_F(SqliteRestore, refuses_a_database_with_accounts_unless_told_to_replace_it) {
  make(file_, 0);
  back_up(file_, backup_);
  { tests::add_sample_tasks(*std::make_unique<SqliteDatabase>(SqliteOptions{.file = file_}), 9); }
  EXPECT_THROW(restore(false), DatabaseIsThere);
  EXPECT_EQ(tasks(), 13);
  restore(true);
  EXPECT_EQ(tasks(), 4);
  EXPECT_THAT(files(), testing::IsSupersetOf({"tms.db", "tms.db.lock", "backup"}));
  EXPECT_FALSE(fs::exists(file_.string() + ".restoring"));
}

TEST_F(SqliteRestore, takes_the_place_of_an_empty_database_without_asking) {
  make(file_, 0);
  back_up(file_, backup_);
  fs::remove(file_);
  SqliteDatabase({.file = file_}).migrate();
  restore(false);
  EXPECT_EQ(tasks(), 4);
}

TEST_F(SqliteRestore, refuses_while_a_server_runs) {
  make(file_, 0);
  back_up(file_, backup_);
  const SqliteDatabase server({.file = file_});
  EXPECT_THROW(restore(true), sqlite::DatabaseInUse);
}

TEST_F(SqliteRestore, moves_a_database_that_cannot_be_read_aside) {
  make(file_, 0);
  back_up(file_, backup_);
  std::ofstream(file_, std::ios::trunc) << "this is no database, but a file of some other program";
  EXPECT_THROW(restore(false), DatabaseIsThere);
  restore(true);
  EXPECT_EQ(tasks(), 4);
  EXPECT_TRUE(fs::exists(file_.string() + ".damaged"));
}

TEST_F(SqliteRestore, does_not_mix_in_a_write_ahead_log_that_a_killed_server_left) {
  make(file_, 0);
  back_up(file_, backup_);
  const pid_t server = ::fork();
  if (server == 0) {
    SqliteDatabase database({.file = file_});
    tests::add_sample_tasks(database, 700);
    ::raise(SIGKILL);
  }
  ::waitpid(server, nullptr, 0);
  ASSERT_GT(fs::file_size(file_.string() + "-wal"), 0U);
  restore(true);
  EXPECT_EQ(tasks(), 4);
}

TEST_F(SqliteRestore, that_is_killed_at_any_moment_leaves_the_old_database_or_the_new_one) {
  const fs::path source = folder_.path() / "source.db";
  make(source, 1000);
  back_up(source, backup_);
  make(file_, 0);
  int old = 0;
  int restored = 0;
  for (int round = 0; round < 24; ++round) {
    const auto start = std::chrono::steady_clock::now();
    const pid_t child = ::fork();
    if (child == 0) {
      restore(true);
      ::_exit(0);
    }
    // Spread over the time that a restore takes here; the last rounds let it end.
    const auto end = start + microseconds(round * round * 400);
    while (std::chrono::steady_clock::now() < end && ::waitpid(child, nullptr, WNOHANG) == 0) {
    }
    ::kill(child, SIGKILL);
    ::waitpid(child, nullptr, 0);
    const std::int64_t found = tasks();
    EXPECT_TRUE(found == 4 || found == 1004) << found;
    (found == 4 ? old : restored) += 1;
    if (found == 1004) {
      fs::remove(file_);
      make(file_, 0);
    }
  }
  EXPECT_GT(old, 0) << "every restore had ended before it was killed";
  restore(true);
  EXPECT_EQ(tasks(), 1004);
  EXPECT_FALSE(fs::exists(file_.string() + ".restoring"));
  RecordProperty("old", old);
  RecordProperty("restored", restored);
}

// Acknowledged before it began: in it. Begun later: wholly in it or not at all.
TEST_F(SqliteRestore, backup_beside_a_busy_server_holds_every_acknowledged_write) {
  SqliteDatabase server({.file = file_});
  server.migrate();
  tests::add_sample_rows(server);
  std::atomic<int> acknowledged{0};
  std::atomic<bool> stop{false};
  std::thread writer([&] {
    for (int number = 0; !stop; ++number) {
      server.write(
          [&](Transaction& transaction) {
            transaction.execute(kAddPair, "a" + std::to_string(number));
            transaction.execute(kAddPair, "b" + std::to_string(number));
          },
          tests::soon());
      acknowledged = number + 1;
    }
  });
  for (int round = 0; round < 5; ++round) {
    const int target = acknowledged + 50;
    while (acknowledged < target)
      std::this_thread::yield();
    const int before = acknowledged;
    const fs::path file = folder_.path() / ("backup" + std::to_string(round));
    ReadOnlySqliteDatabase beside(file_);
    const BackupSummary summary = take_backup(beside, file, "1.2.3", kNow, tests::soon());
    int pairs = 0;
    for (const auto& [name, value] : summary.installation)
      pairs += name.front() == 'a' ? 1 : 0;
    EXPECT_GE(pairs, before);
    for (int number = 0; number < pairs; ++number) {
      EXPECT_TRUE(summary.installation.contains("a" + std::to_string(number))) << number;
      EXPECT_TRUE(summary.installation.contains("b" + std::to_string(number))) << number;
    }
  }
  stop = true;
  writer.join();
}

}  // namespace
}  // namespace tms::db
