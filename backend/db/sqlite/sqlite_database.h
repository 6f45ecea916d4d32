#pragma once

#include <cstdint>
#include <exception>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "backend/db/managed_database.h"
#include "backend/db/sqlite/lock_file.h"

namespace tms::db {

struct SqliteOptions {
  /// Made when missing; its folder must exist, on a local disk (WAL needs shared memory).
  std::filesystem::path file;
  /// Writes that may wait; more are refused as overloaded.
  std::size_t write_queue = 1024;
  /// Read-only connections at most: at least the number of threads that read.
  std::size_t readers = 32;
  std::span<const Migration> migrations = db::migrations();
};

/// The embedded database: one writer thread with group commit, many readers, one process.
/// `write` is durable when it returns (WAL, synchronous=FULL). Everything in it is its own; nobody
/// else may open the file for writing or checkpoints meanwhile.
class SqliteDatabase final : public ManagedDatabase {
 public:
  /// Throws sqlite::DatabaseInUse when another process has it open, Unavailable or
  /// std::runtime_error when the file cannot be used.
  explicit SqliteDatabase(const SqliteOptions& options);

  /// Finishes the queued writes. No thread may use the object any more.
  ~SqliteDatabase() override;
  SqliteDatabase(const SqliteDatabase&) = delete;
  SqliteDatabase& operator=(const SqliteDatabase&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }
  void read(Work work, core::Deadline deadline) override;
  void read_one(Work work, core::Deadline deadline) override;
  [[nodiscard]] std::optional<std::uint64_t> data_version() const override;
  void write(Work work, core::Deadline deadline) override;
  void write_later(std::function<void(Transaction&)> work) override;

  /// Runs `job` on the writer thread, where its calls of `write` and `read` join the open batch,
  /// each write in a savepoint of its own. `completion` runs on the same thread once: after the
  /// batch is durable, with null or with what the job threw, or with Unavailable when the batch
  /// was lost. It must not throw, wait, or use the database.
  ///
  /// Throws Unavailable(overloaded) when the queue is full; then neither is called.
  void submit_write_job(std::function<void()> job,
                        std::function<void(std::exception_ptr)> completion);

  /// False from the moment that a write failed because the file or its disk did, save that the disk
  /// was full: then reads go on and space may come back at any time. Every such answer starts the
  /// trial of a write, whose success makes the next one true. Never waits.
  [[nodiscard]] bool takes_writes();

  SchemaStatus check_schema() override;
  SchemaStatus migrate() override;
  [[nodiscard]] std::string description() override;
  [[nodiscard]] std::vector<std::string> warnings() override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tms::db
