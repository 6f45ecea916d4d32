#include "backend/db/sqlite/read_only_database.h"

#include <stdexcept>

#include "backend/db/sqlite/sqlite_schema.h"

namespace tms::db {
namespace {

constexpr Statement kQuickCheck{"sqlite_quick_check", "pragma quick_check(10)"};
constexpr Statement kDeepCheck{"sqlite_integrity_check", "pragma integrity_check(10)"};
constexpr Statement kForeignKeys{"sqlite_check_foreign_keys", R"sql(
select "table", "parent"
from pragma_foreign_key_check
limit 10)sql"};

}  // namespace

void ReadOnlySqliteDatabase::write(Work /*work*/, core::Deadline /*deadline*/) {
  throw std::logic_error("a database that is opened for reading was to be written");
}

void ReadOnlySqliteDatabase::write_later(std::function<void(Transaction&)> /*work*/) {
  throw std::logic_error("a database that is opened for reading was to be written");
}

SchemaStatus ReadOnlySqliteDatabase::check_schema(core::Deadline deadline) {
  SchemaStatus status;
  read([&](Transaction& transaction) { status = sqlite::check_schema(transaction, migrations()); },
       deadline);
  return status;
}

std::vector<std::string> ReadOnlySqliteDatabase::damage(core::Deadline deadline, Depth depth) {
  std::vector<std::string> found;
  read(
      [&](Transaction& transaction) {
        transaction.query(depth == Depth::quick ? kQuickCheck : kDeepCheck, [&](const Row& row) {
          if (row.text(0) != "ok") found.emplace_back(row.text(0));
        });
        transaction.query(kForeignKeys, [&](const Row& row) {
          found.push_back("a row of " + std::string(row.text(0)) + " refers to a row of " +
                          std::string(row.text(1)) + " that is missing");
        });
      },
      deadline);
  return found;
}

}  // namespace tms::db
