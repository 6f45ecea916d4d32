#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <optional>
#include <thread>
#include <vector>

#include "backend/db/sqlite/connection.h"
#include "backend/db/sqlite/file_in_place.h"
#include "backend/db/sqlite/sqlite_transaction.h"
#include "backend/db/sqlite/write_queue.h"

namespace tms::db::sqlite {

/// The one thread that writes. It owns the only read-write connection, every checkpoint and the
/// migrations.
///
/// Group commit: it takes what is queued, runs each job inside BEGIN IMMEDIATE … COMMIT, and only
/// then tells them all, and makes a checkpoint when one is due. The next batch forms while this one waits
/// for the disk; there is no timer.
class Writer {
 public:
  Writer(const std::filesystem::path& file, std::size_t queue_limit);

  /// Runs what is queued, then closes the connection. The readers must be closed before.
  ~Writer();
  Writer(const Writer&) = delete;
  Writer& operator=(const Writer&) = delete;

  /// Any thread: waits until the batch of `work` is committed. The writer's own thread, inside a
  /// job: joins the batch that is open.
  void write(Database::Work work, core::Deadline deadline);

  /// The writer's own thread, inside a job: reads what the batch has written so far.
  void read_in_batch(Database::Work work, core::Deadline deadline);

  /// Queues a job that may call `write` and `read_in_batch`. Throws Unavailable(overloaded).
  void submit(std::function<void()> job, std::function<void(std::exception_ptr)> completion);

  /// Runs `work` on the connection outside of any transaction, and waits for it.
  void run_alone(std::function<void(Connection&)> work);

  /// The last batch that had something to write was lost for another reason than a full disk: the
  /// file system is read-only, the disk fails, the file is gone. Any thread.
  [[nodiscard]] bool failing() const { return failing_.load(); }

  /// Throws Unavailable when the file is no longer where it was opened. Any thread.
  void require_in_place() const { place_.require(); }

  /// As Database::data_version. No other process writes: the lock file sees to it.
  [[nodiscard]] std::optional<std::uint64_t> data_version() const;

  [[nodiscard]] bool on_own_thread() const {
    return std::this_thread::get_id() == own_thread_.load();
  }

 private:
  void take_batches();
  void run_by_itself(WriteJob& job);
  void run_batch(std::vector<WriteJob>& batch);
  void begin();
  std::exception_ptr run_job(WriteJob& job);
  void commit();
  /// Whether the open or the last batch gave a page to the file system.
  [[nodiscard]] bool wrote_pages() const;
  void roll_back() noexcept;
  void note_failure();
  void run_joined(Database::Work work, core::Deadline deadline);
  void undo_joined(const std::exception_ptr& error);
  void wait_for(WriteJob job);
  void require_open_batch(core::Deadline deadline) const;

  Connection connection_;
  FileInPlace place_;
  WriteQueue queue_;
  /// Odd while a commit may become visible, even otherwise; each even number is one state of the data.
  std::atomic<std::uint64_t> commits_{0};

  // Of the writer thread alone:
  bool batch_open_ = false;
  bool in_work_ = false;
  /// Why the open batch can no longer be committed.
  std::exception_ptr batch_error_;
  Hooks hooks_;
  int pages_before_ = 0;

  std::atomic<bool> failing_ = false;
  std::atomic<std::thread::id> own_thread_;
  std::thread thread_;
};

}  // namespace tms::db::sqlite
