#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <variant>
#include <vector>

#include "backend/db/database.h"

namespace tms::db {

enum class ColumnKind { integer, text, uuid };

struct BackupColumn {
  std::string_view name;
  ColumnKind kind;
  /// Part of the primary key, in whose order the rows are read.
  bool is_key = false;
};

/// One value of a row, with its own storage.
using BackupValue = std::variant<std::nullptr_t, std::int64_t, std::string, core::Uuid>;
using BackupRow = std::vector<BackupValue>;

/// A table that a backup holds. Rows are read in pages, so that the size of the database does not
/// matter: on PostgreSQL a result lies in memory as a whole.
struct BackupTable {
  std::string_view name;
  std::span<const BackupColumn> columns;
  /// Reads the rows after a key, kBackupPage of them at most.
  std::size_t (*read_page)(Transaction& transaction,
                           Transaction::Visitor visit,
                           const BackupRow& key);
  void (*insert)(Transaction& transaction, const BackupRow& row);
};

/// What a backup holds, in an order in which no row refers to a later one.
///
/// Left out on purpose: sessions, code_flows and pending_signups, so that neither a stolen nor a
/// restored backup signs anybody in; outbox, whose mails belong to those; throttles, which count
/// minutes.
std::span<const BackupTable> backup_tables();

/// The tables that are left out; `schema_migrations` is the number in the head of the file.
std::span<const std::string_view> tables_without_backup();

/// The key before the first row.
BackupRow first_key(const BackupTable& table);

/// The key of a row.
BackupRow key_of(const BackupTable& table, const BackupRow& row);

BackupRow read_backup_row(const BackupTable& table, const Row& row);

/// Empties the whole database, the tables that a backup leaves out too. On PostgreSQL other writers
/// wait until the transaction ends; readers go on.
void delete_everything(Transaction& transaction);

/// The highest id that a user was ever given: an id is never given twice.
std::int64_t read_user_counter(Transaction& transaction);

/// Ids that are given from now on are above `value`. Never lowers the counter.
void raise_user_counter(Transaction& transaction, std::int64_t value);

}  // namespace tms::db
