#include "backend/db/migrations.h"

#include <array>

#include "backend/db/migrations/0001_first_schema.h"

namespace tms::db {
namespace {

constexpr std::array kMigrations{
    Migration{1, "first schema", kFirstSchemaPostgres, kFirstSchemaSqlite},
};

}  // namespace

std::span<const Migration> migrations() {
  return kMigrations;
}

}  // namespace tms::db
