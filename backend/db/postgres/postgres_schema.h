#pragma once

#include <span>

#include "backend/db/postgres/connection.h"
#include "backend/db/schema.h"

namespace tms::db::postgres {

/// How far the database is. Throws SchemaMismatch.
SchemaStatus check_schema(Connection& connection, std::span<const Migration> known);

/// Applies what is pending, each step in a transaction of its own, behind an advisory lock that
/// ends with the connection; returns what was pending. `connection` should be closed afterwards:
/// its time limits are lifted.
SchemaStatus migrate(Connection& connection, std::span<const Migration> known);

}  // namespace tms::db::postgres
