#include "backend/db/sqlite/restore_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>

#include "backend/db/sqlite/connection.h"
#include "backend/db/sqlite/lock_file.h"
#include "backend/db/sqlite/read_only_database.h"
#include "backend/db/sqlite/sqlite_database.h"

namespace tms::db {
namespace {

namespace fs = std::filesystem;

fs::path with_suffix(const fs::path& file, const std::string& suffix) {
  return file.string() + suffix;
}

void sync(const fs::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int error = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (!done) {
    throw std::system_error(error, std::generic_category(),
                            "cannot write " + path.string() + " to the disk");
  }
}

void remove_database(const fs::path& file) {
  for (const char* suffix : {"", "-wal", "-shm", ".lock"})
    fs::remove(with_suffix(file, suffix));
}

enum class OldDatabase { none, readable, damaged };

OldDatabase look_at_old(const fs::path& file, bool replace, core::Deadline deadline) {
  if (!fs::exists(file)) return OldDatabase::none;
  ReadOnlySqliteDatabase old(file);
  try {
    const bool in_use = old.check_schema(deadline).version > 0 && has_users(old, deadline);
    if (!in_use || replace) return OldDatabase::readable;
  } catch (const std::exception& error) {
    if (replace) return OldDatabase::damaged;
    throw DatabaseIsThere(file.string() + " is there and cannot be read (" + error.what() +
                          "): --replace moves it aside");
  }
  throw DatabaseIsThere(file.string() + " holds accounts: --replace puts the backup in its place");
}

// A write-ahead log that stays behind would be applied to the file that takes the name; one that
// does not come along would be missed.
void require_no_write_ahead_log(const fs::path& file) {
  std::error_code ignored;
  if (fs::file_size(with_suffix(file, "-wal"), ignored) > 0 && !ignored) {
    throw std::runtime_error("the write-ahead log of " + file.string() +
                             " cannot be emptied: another program has the file open");
  }
}

void empty_write_ahead_log(const fs::path& file) {
  {
    sqlite::Connection connection(file, sqlite::Connection::Role::writer);
    connection.run_script("pragma wal_checkpoint(truncate)");
  }
  require_no_write_ahead_log(file);
}

void move_aside(const fs::path& file) {
  const fs::path aside = with_suffix(file, ".damaged");
  for (const char* suffix : {"-wal", "-shm", ""}) {
    if (fs::exists(with_suffix(file, suffix)))
      fs::rename(with_suffix(file, suffix), with_suffix(aside, suffix));
  }
}

}  // namespace

void restore_sqlite_file(const fs::path& file,
                         const fs::path& backup,
                         const RestoreOptions& options,
                         bool replace,
                         core::Deadline deadline) {
  const sqlite::LockFile lock(with_suffix(file, ".lock"));
  const OldDatabase old = look_at_old(file, replace, deadline);

  const fs::path made = with_suffix(file, ".restoring");
  remove_database(made);
  try {
    SqliteDatabase database({.file = made});
    database.migrate();
    restore_backup(database, backup, options, deadline);
  } catch (...) {
    remove_database(made);
    throw;
  }
  require_no_write_ahead_log(made);
  sync(made);

  if (old == OldDatabase::readable) empty_write_ahead_log(file);
  if (old == OldDatabase::damaged) move_aside(file);
  fs::rename(made, file);
  sync(fs::absolute(file).parent_path());
  remove_database(made);
}

}  // namespace tms::db
