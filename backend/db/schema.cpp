#include "backend/db/schema.h"

#include <algorithm>
#include <cstddef>

namespace tms::db {

SchemaStatus compare_schema(std::span<const AppliedMigration> applied,
                            std::span<const Migration> known) {
  SchemaStatus status;
  for (std::size_t step = 0; step < std::min(applied.size(), known.size()); ++step) {
    if (applied[step].version != known[step].version || applied[step].name != known[step].name) {
      throw SchemaMismatch("schema step " + std::to_string(applied[step].version) +
                           " of the database, \"" + applied[step].name +
                           "\", is not the one of this program, \"" +
                           std::string(known[step].name) + "\": it belongs to another program");
    }
    status.version = applied[step].version;
  }
  if (applied.size() > known.size()) {
    throw SchemaMismatch("the database has schema version " +
                         std::to_string(applied.back().version) +
                         ", this program knows versions up to " + std::to_string(known.size()) +
                         ": start the newer program that made it");
  }
  status.pending.assign(known.begin() + static_cast<std::ptrdiff_t>(applied.size()), known.end());
  return status;
}

}  // namespace tms::db
