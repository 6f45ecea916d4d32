// The file of SQLite: who may open it, and how it is left.

#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <semaphore>
#include <string>
#include <thread>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

constexpr Statement kInsert{"test_insert_installation",
                            "insert into installation (name, value) values ($1, $2)"};
constexpr Statement kRows{"test_count_installation", "select count(*) from installation"};
constexpr Statement kSynchronous{"test_synchronous", "pragma synchronous"};
constexpr Statement kForeignKeys{"test_foreign_keys", "pragma foreign_keys"};
constexpr Statement kAutomaticCheckpoint{"test_checkpoint", "pragma wal_autocheckpoint"};

std::int64_t setting(Transaction& transaction, const Statement& statement) {
  std::int64_t value = -1;
  transaction.query(statement, [&](const Row& row) { value = row.integer(0); });
  return value;
}

class SqliteFile : public testing::Test {
 protected:
  [[nodiscard]] std::filesystem::path file() const { return folder_.path() / "tms.db"; }

  [[nodiscard]] std::unique_ptr<SqliteDatabase> open() const {
    auto database = std::make_unique<SqliteDatabase>(SqliteOptions{.file = file()});
    database->migrate();
    return database;
  }

  static void insert(Database& database, const std::string& name, const std::string& value = "") {
    database.write([&](Transaction& transaction) { transaction.execute(kInsert, name, value); },
                   tests::soon());
  }

  static std::int64_t rows(Database& database) {
    std::int64_t count = -1;
    database.read(
        [&](Transaction& transaction) {
          transaction.query(kRows, [&](const Row& row) { count = row.integer(0); });
        },
        tests::soon());
    return count;
  }

  tests::TemporaryFolder folder_;
};

TEST_F(SqliteFile, keeps_its_rows_when_closed_and_opened_again) {
  insert(*open(), "name");
  EXPECT_EQ(rows(*open()), 1);
}

TEST_F(SqliteFile, is_one_file_without_a_write_ahead_log_when_closed) {
  {
    const auto database = open();
    insert(*database, "name");
    EXPECT_EQ(rows(*database), 1);
    EXPECT_TRUE(std::filesystem::exists(file().string() + "-wal"));
  }
  EXPECT_FALSE(std::filesystem::exists(file().string() + "-wal"))
      << "the writer's last checkpoint, after the readers were closed";
}

TEST_F(SqliteFile, may_be_read_by_its_owner_alone) {
  const auto database = open();
  insert(*database, "name");
  for (const char* suffix : {"", "-wal", "-shm", ".lock"}) {
    struct stat status {};
    ASSERT_EQ(::stat((file().string() + suffix).c_str(), &status), 0) << suffix;
    EXPECT_EQ(status.st_mode & 0777U, 0600U) << suffix;
  }
}

TEST_F(SqliteFile, is_refused_while_another_process_has_it) {
  const auto database = open();
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      const SqliteDatabase second({.file = file()});
      ::_exit(1);
    } catch (const sqlite::DatabaseInUse& refusal) {
      const std::string text = refusal.what();
      const bool names_us = text.find(std::to_string(::getppid())) != std::string::npos;
      ::_exit(names_us ? 42 : 2);
    } catch (...) {
      ::_exit(3);
    }
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 42);
}

TEST_F(SqliteFile, is_refused_when_opened_twice_in_one_process) {
  const auto database = open();
  EXPECT_THROW(open(), sqlite::DatabaseInUse);
}

TEST_F(SqliteFile, that_a_dead_process_left_locked_is_opened) {
  const pid_t child = ::fork();
  if (child == 0) {
    try {
      insert(*open().release(), "name");  // never closed
    } catch (...) {
      ::_exit(1);
    }
    ::kill(::getpid(), SIGKILL);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  ASSERT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(rows(*open()), 1) << "acknowledged before the process was killed";
}

TEST_F(SqliteFile, that_is_no_database_is_refused) {
  { std::ofstream(file()) << std::string(8192, 'x'); }
  EXPECT_THROW(open(), Unavailable);
}

TEST_F(SqliteFile, in_a_folder_that_is_not_there_is_refused) {
  EXPECT_THROW(SqliteDatabase({.file = folder_.path() / "missing" / "tms.db"}), std::system_error);
}

TEST_F(SqliteFile, is_written_with_full_synchronisation_and_foreign_keys) {
  const auto database = open();
  database->write(
      [](Transaction& transaction) {
        EXPECT_EQ(setting(transaction, kSynchronous), 2) << "full";
        EXPECT_EQ(setting(transaction, kForeignKeys), 1);
        EXPECT_EQ(setting(transaction, kAutomaticCheckpoint), 0) << "COMMIT makes none";
      },
      tests::soon());
}

TEST_F(SqliteFile, gets_the_pages_of_a_long_log_after_the_commit_that_made_it_long) {
  const auto database = open();
  const auto log_size = [&] { return std::filesystem::file_size(file().string() + "-wal"); };
  const std::string megabyte(1'000'000, 'x');
  for (int count = 0; count < 20; ++count)
    insert(*database, std::to_string(count), megabyte);
  EXPECT_LT(log_size(), 3'000'000U) << "400 pages and one commit";
  EXPECT_GT(std::filesystem::file_size(file()), 12'000'000U);
}

TEST_F(SqliteFile, keeps_what_a_reader_holds_in_the_log_and_gets_it_afterwards) {
  const auto database = open();
  const std::string megabyte(1'000'000, 'x');
  const auto fill = [&](const std::string& prefix) {
    for (int count = 0; count < 10; ++count)
      insert(*database, prefix + std::to_string(count), megabyte);
  };
  database->read(
      [&](Transaction& transaction) {
        const std::int64_t before = setting(transaction, kRows);
        std::thread([&] { fill("during"); }).join();
        EXPECT_EQ(setting(transaction, kRows), before);
        EXPECT_LT(std::filesystem::file_size(file()), 5'000'000U);
      },
      tests::soon());
  fill("after");
  EXPECT_GT(std::filesystem::file_size(file()), 12'000'000U);
  EXPECT_EQ(rows(*database), 20);
}

TEST_F(SqliteFile, is_never_checkpointed_by_a_reader) {
  const auto database = open();
  database->read(
      [](Transaction& transaction) { EXPECT_EQ(setting(transaction, kAutomaticCheckpoint), 0); },
      tests::soon());
}

/// Two readers, of whom one always reads: each ends only after the other has begun anew.
class EndlessReaders {
 public:
  explicit EndlessReaders(Database& database)
      : first_([this, &database] { read(database, first_begun_, second_begun_); }),
        second_([this, &database] {
          first_begun_.acquire();
          read(database, second_begun_, first_begun_);
        }) {}
  ~EndlessReaders() {
    stopped_ = true;
    first_begun_.release(2);
    second_begun_.release(2);
    first_.join();
    second_.join();
  }
  EndlessReaders(const EndlessReaders&) = delete;
  EndlessReaders& operator=(const EndlessReaders&) = delete;

 private:
  using Begun = std::counting_semaphore<>;

  void read(Database& database, Begun& own, Begun& other) {
    while (!stopped_) {
      database.read(
          [&](Transaction& transaction) {
            setting(transaction, kRows);
            own.release();
            other.acquire();
          },
          tests::soon());
    }
  }

  std::atomic<bool> stopped_ = false;
  Begun first_begun_{0};
  Begun second_begun_{0};
  std::thread first_;
  std::thread second_;
};

TEST_F(SqliteFile, has_a_log_of_bounded_size_though_somebody_always_reads) {
  const auto database = open();
  const EndlessReaders readers(*database);
  for (int count = 0; count < 20; ++count)
    insert(*database, std::to_string(count), std::string(3'000'000, 'x'));
  EXPECT_LT(std::filesystem::file_size(file().string() + "-wal"), 40'000'000U) << "of 60 MB";
}

/// The system refuses to let any file grow beyond `bytes` while this lives.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    static_cast<void>(std::signal(SIGXFSZ, SIG_IGN));
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit limit = before_;
    limit.rlim_cur = bytes;
    ::setrlimit(RLIMIT_FSIZE, &limit);
  }
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &before_); }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;

 private:
  rlimit before_{};
};

TEST_F(SqliteFile, that_the_system_stops_writing_to_takes_writes_again_afterwards) {
  const auto database = open();
  insert(*database, "before");
  {
    const auto size = std::filesystem::file_size(file().string() + "-wal");
    const FileSizeLimit limit(size + 2000);
    EXPECT_THROW(insert(*database, "during", std::string(100'000, 'x')), Unavailable);
    EXPECT_THROW(insert(*database, "during", std::string(100'000, 'x')), Unavailable);
    EXPECT_EQ(rows(*database), 1);
    EXPECT_FALSE(database->takes_writes());
  }
  insert(*database, "after", std::string(100'000, 'x'));
  EXPECT_EQ(rows(*database), 2);
}

TEST_F(SqliteFile, tells_the_exact_release_of_the_library) {
  EXPECT_THAT(open()->description(), testing::MatchesRegex("SQLite 3\\..* \\(20.*\\)"));
}

}  // namespace
}  // namespace tms::db
