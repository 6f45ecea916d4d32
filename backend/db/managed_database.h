#pragma once

#include <string>
#include <vector>

#include "backend/db/database.h"
#include "backend/db/schema.h"

namespace tms::db {

/// A database with its life cycle: what a host sees and a handler does not.
class ManagedDatabase : public Database {
 public:
  /// What the schema of the database is, without changing anything. Throws SchemaMismatch when it
  /// is not one that this program knows.
  virtual SchemaStatus check_schema() = 0;

  /// Applies every pending migration, each in a transaction of its own, and returns what was
  /// pending. Other processes that migrate the same database wait meanwhile.
  virtual SchemaStatus migrate() = 0;

  /// Engine and exact version, for the log.
  [[nodiscard]] virtual std::string description() = 0;

  /// What an operator should know about this engine or its settings, a sentence each.
  [[nodiscard]] virtual std::vector<std::string> warnings() = 0;
};

}  // namespace tms::db
