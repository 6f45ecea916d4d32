#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <span>
#include <string_view>
#include <unordered_map>

#include "backend/db/database.h"
#include "backend/db/sqlite/prepared_statement.h"

struct sqlite3;

namespace tms::db::sqlite {

/// One open handle on the database file with its prepared statements; used by one thread at a time.
class Connection {
 public:
  /// There is one writer in the whole process and it alone runs checkpoints: SQLite before 3.51.3
  /// can corrupt a WAL that is reset by one connection while another commits
  /// (sqlite.org/wal.html, "the WAL-reset bug").
  enum class Role { writer, reader };

  /// A writer makes the file when there is none, unless a write-ahead log without its database is
  /// left there. Throws Unavailable or std::runtime_error.
  Connection(const std::filesystem::path& file, Role role);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  /// Runs one statement, prepared on first use. Throws Unavailable and StatementFailed.
  std::size_t run(const Statement& statement,
                  Transaction::Visitor visit,
                  std::span<const Parameter> parameters);

  void run(const Statement& statement) {
    run(statement, [](const Row&) {}, {});
  }

  /// Runs statements separated by semicolons, without parameters.
  void run_script(std::string_view script);

  /// A transaction is open. SQLite ends one by itself after some errors (a full disk, say).
  [[nodiscard]] bool in_transaction() const;

  /// Pages that commits have given to the file system so far.
  [[nodiscard]] int pages_written() const;

  /// For the writer, after a commit: moves the pages of a log that has grown long to the file, and waits up
  /// to 100 ms for those who still read in the log, so that the next write begins it anew: else it would grow
  /// for as long as somebody reads, and every read be slower for it. COMMIT itself does nothing of that, so
  /// that nobody waits for it to hear of a write that is durable. A failure loses nothing, since the log
  /// keeps everything; it is tried again when the log is twice as long, or 64 MB longer.
  void checkpoint_when_due();

  /// The last call failed because the disk is full.
  [[nodiscard]] bool disk_full() const;

  /// Statements that run past `deadline` fail with Unavailable. For readers only: an interrupted
  /// write would take the whole transaction with it.
  void set_deadline(core::Deadline deadline) { deadline_ = deadline; }

 private:
  struct Closer {
    void operator()(sqlite3* connection) const;
  };

  void set_up_writer();
  void set_up_reader();

  std::unique_ptr<sqlite3, Closer> handle_;
  std::unordered_map<const Statement*, PreparedStatement> statements_;
  core::Deadline deadline_ = core::Deadline::max();
  /// Pages in the write-ahead log after the last commit, those that were moved already among them.
  int log_pages_ = 0;
  /// The next checkpoint is due when the log has so many.
  int checkpoint_at_ = 0;
};

}  // namespace tms::db::sqlite
