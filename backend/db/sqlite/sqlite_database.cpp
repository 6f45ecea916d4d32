#include "backend/db/sqlite/sqlite_database.h"

#include <atomic>
#include <utility>

#include "backend/db/library_versions.h"
#include "backend/db/sqlite/reader_pool.h"
#include "backend/db/sqlite/sqlite_schema.h"
#include "backend/db/sqlite/writer.h"

namespace tms::db {
namespace {

// A write that nobody waits for is not worth more than this; a guard against a clogged disk.
constexpr std::chrono::seconds kWriteLaterWithin{30};

// Writes the first page and changes nothing in it. SQLite would leave an update to the same value out.
constexpr Statement kTrial{"sqlite_trial_of_a_write", "pragma user_version = 0"};

std::filesystem::path lock_path(const std::filesystem::path& file) {
  return file.string() + ".lock";
}

}  // namespace

struct SqliteDatabase::Parts {
  explicit Parts(const SqliteOptions& options)
      : migrations(options.migrations),
        lock(lock_path(options.file)),
        writer(options.file, options.write_queue),
        readers(options.file, options.readers) {}

  // Members end in reverse order: the readers before the writer, so that the last checkpoint is
  // the writer's too, and the lock last.
  std::span<const Migration> migrations;
  sqlite::LockFile lock;
  sqlite::Writer writer;
  sqlite::ReaderPool readers;
  // One at a time: whoever asks often must not fill the queue.
  std::atomic<bool> trial_runs = false;
};

SqliteDatabase::SqliteDatabase(const SqliteOptions& options)
    : parts_(std::make_unique<Parts>(options)) {}

SqliteDatabase::~SqliteDatabase() = default;

void SqliteDatabase::read(Work work, core::Deadline deadline) {
  if (parts_->writer.on_own_thread()) {
    parts_->writer.read_in_batch(work, deadline);
  } else {
    parts_->writer.require_in_place();
    parts_->readers.read(work, deadline);
  }
}

void SqliteDatabase::read_one(Work work, core::Deadline deadline) {
  if (parts_->writer.on_own_thread()) {
    parts_->writer.read_in_batch(work, deadline);
  } else {
    parts_->writer.require_in_place();
    parts_->readers.read_one(work, deadline);
  }
}

std::optional<std::uint64_t> SqliteDatabase::data_version() const {
  return parts_->writer.data_version();
}

void SqliteDatabase::write(Work work, core::Deadline deadline) {
  parts_->writer.write(work, deadline);
}

void SqliteDatabase::write_later(std::function<void(Transaction&)> work) {
  const core::Deadline deadline = std::chrono::steady_clock::now() + kWriteLaterWithin;
  sqlite::Writer& writer = parts_->writer;
  try {
    writer.submit([&writer, work = std::move(work), deadline] { writer.write(work, deadline); },
                  {});
  } catch (const Unavailable&) {  // NOLINT(bugprone-empty-catch): failures are dropped, as promised
  }
}

void SqliteDatabase::submit_write_job(std::function<void()> job,
                                      std::function<void(std::exception_ptr)> completion) {
  parts_->writer.submit(std::move(job), std::move(completion));
}

bool SqliteDatabase::takes_writes() {
  Parts& parts = *parts_;
  if (!parts.writer.failing()) return true;
  if (parts.trial_runs.exchange(true)) return false;
  try {
    submit_write_job(
        [this] {
          write([](Transaction& transaction) { transaction.execute(kTrial); },
                std::chrono::steady_clock::now() + kWriteLaterWithin);
        },
        [&parts](const std::exception_ptr&) { parts.trial_runs = false; });
  } catch (const Unavailable&) {
    parts.trial_runs = false;
  }
  return false;
}

SchemaStatus SqliteDatabase::check_schema() {
  SchemaStatus status;
  parts_->writer.run_alone([&](sqlite::Connection& connection) {
    status = sqlite::check_schema(connection, parts_->migrations);
  });
  return status;
}

SchemaStatus SqliteDatabase::migrate() {
  SchemaStatus status;
  parts_->writer.run_alone([&](sqlite::Connection& connection) {
    status = sqlite::migrate(connection, parts_->migrations);
  });
  return status;
}

std::string SqliteDatabase::description() {
  return "SQLite " + library_versions().sqlite;
}

std::vector<std::string> SqliteDatabase::warnings() {
  if (!library_versions().has_wal_reset_bug) return {};
  return {
      "This SQLite can corrupt a database when two connections write and checkpoint it at once. "
      "The server never does, but no other program may open the database file while it runs, "
      "save read-only."};
}

}  // namespace tms::db
