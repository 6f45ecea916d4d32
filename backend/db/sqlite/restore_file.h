#pragma once

#include <filesystem>
#include <stdexcept>

#include "backend/db/backup/backup.h"

namespace tms::db {

/// There is a database already, and nobody said that it may go.
class DatabaseIsThere : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Makes a new database file of a backup and then gives it the name `file`: whenever the process
/// dies, the file is the old database or the new one. The lock file keeps servers out meanwhile. A
/// database that holds accounts is replaced only with `replace`; one that cannot be read is moved
/// aside then, to a name ending in `.damaged`.
///
/// Throws DatabaseIsThere, sqlite::DatabaseInUse, BadBackup, std::system_error and what the database
/// throws; then the old database is as it was.
void restore_sqlite_file(const std::filesystem::path& file,
                         const std::filesystem::path& backup,
                         const RestoreOptions& options,
                         bool replace,
                         core::Deadline deadline);

}  // namespace tms::db
