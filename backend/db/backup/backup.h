#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/db/backup/backup_file.h"
#include "backend/db/database.h"

namespace tms::db {

/// Copies one consistent snapshot of the database into a new file: every write that was acknowledged
/// before it began, of those that come meanwhile each wholly or not at all. Others go on reading and
/// writing. The finished file is read back before it gets its name.
///
/// Throws BadBackup, std::system_error, and what the database throws; then there is no file.
BackupSummary take_backup(Database& database,
                          const std::filesystem::path& file,
                          std::string_view program_version,
                          core::Timestamp now,
                          core::Deadline deadline);

/// Reads the whole file and checks form, schema and checksum. Throws BadBackup.
BackupSummary check_backup(const std::filesystem::path& file);

struct RestoreOptions {
  core::Timestamp now;
  /// Rows of `installation` to leave out, by name: when the secret is lost.
  std::function<bool(std::string_view name)> leave_out = {};
};

/// Replaces everything in the (migrated) database by the backup, in one transaction. Nobody is signed
/// in afterwards and no one-time code works. Every list's number is raised to the time of the restore, so
/// that clients which know the lists from before the restore load them anew: a number of the old
/// line could come again for another change.
///
/// Throws BadBackup, and what the database throws; then nothing has changed.
void restore_backup(Database& database,
                    const std::filesystem::path& file,
                    const RestoreOptions& options,
                    core::Deadline deadline);

/// Whether anybody has an account here.
bool has_users(Database& database, core::Deadline deadline);

}  // namespace tms::db
