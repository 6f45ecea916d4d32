#include "backend/db/sqlite/connection.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include "backend/db/sqlite/sqlite_error.h"

namespace tms::db::sqlite {
namespace {

// EXTRA during the change to WAL, because it removes a rollback journal, and one that comes back after a
// power cut would undo the change and with it everything in the WAL. From then on FULL, because with
// NORMAL an acknowledged write may vanish with the power.
constexpr std::string_view kWriterSettings = R"sql(
pragma synchronous = extra;
pragma journal_mode = wal;
pragma synchronous = full;
pragma foreign_keys = on;
pragma temp_store = memory;
pragma cache_size = -32000;
pragma journal_size_limit = 67108864;
pragma wal_autocheckpoint = 0;
pragma trusted_schema = off)sql";

constexpr std::string_view kReaderSettings = R"sql(
pragma query_only = on;
pragma wal_autocheckpoint = 0;
pragma mmap_size = 0;
pragma temp_store = memory;
pragma cache_size = -4000;
pragma trusted_schema = off)sql";

constexpr Statement kJournalMode{"sqlite_journal_mode", "pragma journal_mode"};

// Less than half of SQLite's own default of 1,000. Pages lie all over a large file, so that moving a thousand
// takes 20 ms, for which the next writes wait. Fewer still cost writes more than they save.
constexpr int kPagesBeforeCheckpoint = 400;

// A page of tasks is read in 0.1 ms, but whoever reads may have to wait for a processor.
constexpr std::chrono::milliseconds kWaitForReaders{100};
constexpr std::chrono::microseconds kLookAgainAfter{100};

// 64 MB.
constexpr int kMostPagesUntilNextTry = 16'384;

// How long a statement waits for a lock: the change to WAL takes one, for instance.
constexpr int kBusyTimeoutMs = 5000;

// 0.4 MB for each connection, enough for several reads of a page of tasks. More gain nothing that can be measured.
constexpr int kPagesInBlock = 100;

// Virtual machine steps between two looks at the clock, some 50 microseconds.
constexpr int kStepsBetweenChecks = 5000;

/// SQLite would make the file readable by everybody; the WAL takes over the mode of the file.
void make_private_file(const std::filesystem::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open " + file.string());
  }
  ::close(descriptor);
}

/// SQLite would make an empty database and throw the log away, and with it every acknowledged write
/// that no checkpoint has moved yet.
void refuse_log_without_database(const std::filesystem::path& file) {
  const std::filesystem::path log = file.string() + "-wal";
  std::error_code missing;
  if (std::filesystem::exists(file) || std::filesystem::file_size(log, missing) == 0 || missing) {
    return;
  }
  throw std::runtime_error("The database " + file.string() + " is missing, but its log " +
                           log.filename().string() +
                           " is there: bring the file back, or move the log away, too.");
}

/// SQLite's counters of memory, which nobody reads, take one lock for all threads at each allocation: without
/// them reading a page of 50 tasks on two threads is a sixth faster. A reader gives back its pages whenever
/// somebody has written: they come from one block of each connection, not from malloc one by one.
void set_up_memory() {
  // Only before the first connection of the process; refused, everything works as well.
  static const int uncounted = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
  static const int in_blocks = sqlite3_config(SQLITE_CONFIG_PAGECACHE, nullptr, 0, kPagesInBlock);
  static_cast<void>(uncounted);
  static_cast<void>(in_blocks);
}

int note_log_pages(void* log_pages, sqlite3* /*connection*/, const char* /*name*/, int pages) {
  *static_cast<int*>(log_pages) = pages;
  return SQLITE_OK;
}

/// SQLite's own handler sleeps for 1, 2, 5, 10 ms.
int wait_for_readers(void* until, int /*tries*/) {
  if (std::chrono::steady_clock::now() >= *static_cast<core::Deadline*>(until)) return 0;
  std::this_thread::sleep_for(kLookAgainAfter);
  return 1;
}

int interrupt_when_late(void* deadline) {
  return std::chrono::steady_clock::now() > *static_cast<core::Deadline*>(deadline) ? 1 : 0;
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, Role role) {
  set_up_memory();
  // Before the first connection: closing any descriptor of the file drops the locks of all.
  if (role == Role::writer) {
    refuse_log_without_database(file);
    make_private_file(file);
  }
  const int access = role == Role::writer ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY;
  sqlite3* handle = nullptr;
  const int code = sqlite3_open_v2(file.c_str(), &handle, access | SQLITE_OPEN_NOMUTEX, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) throw_error(handle, code, "cannot open " + file.string());
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, kBusyTimeoutMs);
  if (role == Role::writer) {
    set_up_writer();
  } else {
    set_up_reader();
  }
}

void Connection::set_up_writer() {
  run_script(kWriterSettings);
  std::string mode;
  run(kJournalMode, [&](const Row& row) { mode = row.text(0); }, {});
  if (mode != "wal") {
    throw std::runtime_error("SQLite cannot use write-ahead logging here (journal mode " + mode +
                             "): the data folder must be on a local disk");
  }
  checkpoint_at_ = kPagesBeforeCheckpoint;
  sqlite3_wal_hook(handle_.get(), note_log_pages, &log_pages_);
}

void Connection::set_up_reader() {
  run_script(kReaderSettings);
  sqlite3_progress_handler(handle_.get(), kStepsBetweenChecks, interrupt_when_late, &deadline_);
}

std::size_t Connection::run(const Statement& statement,
                            Transaction::Visitor visit,
                            std::span<const Parameter> parameters) {
  auto known = statements_.find(&statement);
  if (known == statements_.end()) {
    known = statements_.emplace(&statement, PreparedStatement(handle_.get(), statement)).first;
  }
  return known->second.run(visit, parameters);
}

void Connection::run_script(std::string_view script) {
  const int code =
      sqlite3_exec(handle_.get(), std::string(script).c_str(), nullptr, nullptr, nullptr);
  if (code != SQLITE_OK) throw_error(handle_.get(), code, "script");
}

int Connection::pages_written() const {
  int pages = 0;
  int unused = 0;
  sqlite3_db_status(handle_.get(), SQLITE_DBSTATUS_CACHE_WRITE, &pages, &unused, 0);
  return pages;
}

void Connection::checkpoint_when_due() {
  if (log_pages_ < checkpoint_at_) return;
  auto until = std::chrono::steady_clock::now() + kWaitForReaders;
  sqlite3_busy_handler(handle_.get(), wait_for_readers, &until);
  const int code = sqlite3_wal_checkpoint_v2(handle_.get(), nullptr, SQLITE_CHECKPOINT_RESTART,
                                             nullptr, nullptr);
  sqlite3_busy_timeout(handle_.get(), kBusyTimeoutMs);
  // Somebody reads for long, a backup for instance: few such waits then.
  checkpoint_at_ = code == SQLITE_OK ? kPagesBeforeCheckpoint
                                     : log_pages_ + std::min(log_pages_, kMostPagesUntilNextTry);
}

bool Connection::disk_full() const {
  return (sqlite3_errcode(handle_.get()) & 0xff) == SQLITE_FULL;
}

bool Connection::in_transaction() const {
  return sqlite3_get_autocommit(handle_.get()) == 0;
}

void Connection::Closer::operator()(sqlite3* connection) const {
  // The statements are finalised by now: members end in reverse order.
  sqlite3_close(connection);
}

}  // namespace tms::db::sqlite
