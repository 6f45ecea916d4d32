#pragma once

#include <span>

#include "backend/db/schema.h"
#include "backend/db/sqlite/connection.h"

namespace tms::db::sqlite {

/// How far the file is. Throws SchemaMismatch.
SchemaStatus check_schema(Connection& connection, std::span<const Migration> known);
SchemaStatus check_schema(Transaction& transaction, std::span<const Migration> known);

/// Applies what is pending, each step in a transaction of its own; returns what was pending.
SchemaStatus migrate(Connection& connection, std::span<const Migration> known);

}  // namespace tms::db::sqlite
