#include "backend/db/sqlite/sqlite_schema.h"

#include <stdexcept>
#include <string>
#include <vector>

namespace tms::db::sqlite {
namespace {

constexpr Statement kFindTable{"sqlite_find_schema_migrations", R"sql(
select 1
from sqlite_master
where type = 'table' and name = 'schema_migrations')sql"};

constexpr Statement kSelectApplied{"sqlite_select_migrations", R"sql(
select version, name
from schema_migrations
order by version)sql"};

constexpr Statement kInsertApplied{"sqlite_insert_migration", R"sql(
insert into schema_migrations (version, name)
values ($1, $2))sql"};

constexpr Statement kForeignKeyCheck{"sqlite_foreign_key_check", "pragma foreign_key_check"};

/// A step that builds a table anew needs the checks off, and SQLite only switches them outside of
/// a transaction (sqlite.org/lang_altertable.html, section 7).
class ForeignKeysOff {
 public:
  explicit ForeignKeysOff(Connection& connection) : connection_(connection) {
    connection_.run_script("pragma foreign_keys = off");
  }
  ~ForeignKeysOff() {
    try {
      connection_.run_script("pragma foreign_keys = on");
      // NOLINTNEXTLINE(bugprone-empty-catch): it cannot fail outside of a transaction
    } catch (const std::exception&) {
    }
  }
  ForeignKeysOff(const ForeignKeysOff&) = delete;
  ForeignKeysOff& operator=(const ForeignKeysOff&) = delete;

 private:
  Connection& connection_;
};

void apply(Connection& connection, const Migration& step) {
  connection.run_script("begin immediate");
  try {
    connection.run_script(kCreateSchemaMigrations);
    connection.run_script(step.sqlite);
    const std::vector<Parameter> row{step.version, step.name};
    connection.run(
        kInsertApplied, [](const Row&) {}, row);
    if (connection.run(kForeignKeyCheck, [](const Row&) {}, {}) != 0) {
      throw StatementFailed("migration " + std::to_string(step.version) +
                            " leaves rows without the row that they refer to");
    }
    connection.run_script("commit");
  } catch (...) {
    if (connection.in_transaction()) connection.run_script("rollback");
    throw;
  }
}

}  // namespace

SchemaStatus check_schema(Connection& connection, std::span<const Migration> known) {
  std::vector<AppliedMigration> applied;
  if (connection.run(kFindTable, [](const Row&) {}, {}) != 0) {
    connection.run(
        kSelectApplied,
        [&](const Row& row) {
          applied.push_back({static_cast<int>(row.integer(0)), std::string(row.text(1))});
        },
        {});
  }
  return compare_schema(applied, known);
}

SchemaStatus check_schema(Transaction& transaction, std::span<const Migration> known) {
  std::vector<AppliedMigration> applied;
  if (transaction.execute(kFindTable) != 0) {
    transaction.query(kSelectApplied, [&](const Row& row) {
      applied.push_back({static_cast<int>(row.integer(0)), std::string(row.text(1))});
    });
  }
  return compare_schema(applied, known);
}

SchemaStatus migrate(Connection& connection, std::span<const Migration> known) {
  SchemaStatus status = check_schema(connection, known);
  if (status.current()) return status;
  const ForeignKeysOff off(connection);
  for (const Migration& step : status.pending)
    apply(connection, step);
  return status;
}

}  // namespace tms::db::sqlite
