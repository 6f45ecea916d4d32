#pragma once

#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "backend/db/migrations.h"

namespace tms::db {

/// A row of schema_migrations.
struct AppliedMigration {
  int version;
  std::string name;
};

/// How far a database is: the version it has (0 when empty) and the steps it still needs.
struct SchemaStatus {
  int version = 0;
  std::vector<Migration> pending;

  [[nodiscard]] bool current() const { return pending.empty(); }
};

/// The schema is not one that this program can work with; the text says what to do.
class SchemaMismatch : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Compares what was applied, oldest first, with the steps that the program knows. Throws
/// SchemaMismatch when the database is newer than the program or has another history.
SchemaStatus compare_schema(std::span<const AppliedMigration> applied,
                            std::span<const Migration> known);

/// The same text serves both engines.
inline constexpr std::string_view kCreateSchemaMigrations = R"sql(
create table if not exists schema_migrations (
  version integer not null primary key,
  name text not null
))sql";

}  // namespace tms::db
