#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/db/database.h"

namespace tms::db::postgres {

// What the role of a connection may do. The server needs to read and write rows only; the schema
// may belong to another role, which migrates (ASVS 13.2.2).

/// The role that is connected.
std::string role_name(Database& database, core::Deadline deadline);

/// Whether it may change the schema: make tables, and alter all that are there.
bool may_migrate(Database& database, core::Deadline deadline);

/// What it may do and the server never needs, a predicate each: "owns tables".
std::vector<std::string> excess_rights(Database& database, core::Deadline deadline);

/// Lets `role` read and write the rows of all tables of the schema, those of schema_migrations apart,
/// which it may read. Throws StatementFailed for a role that is not there.
void grant_rows(Database& database, std::string_view role, core::Deadline deadline);

}  // namespace tms::db::postgres
