#include "backend/tests/support/databases.h"

#include <cstdlib>
#include <iostream>
#include <stdexcept>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {

struct TestDatabase::Parts {
  TemporaryFolder folder;
  std::unique_ptr<db::ManagedDatabase> database;
};

TestDatabase::TestDatabase(db::Engine engine) : parts_(std::make_unique<Parts>()) {
  if (engine != db::Engine::sqlite) throw std::logic_error("no such engine");
  parts_->database = std::make_unique<db::SqliteDatabase>(
      db::SqliteOptions{.file = parts_->folder.path() / "tms.db"});
  parts_->database->migrate();
}

TestDatabase::~TestDatabase() = default;

db::ManagedDatabase& TestDatabase::database() {
  return *parts_->database;
}

std::vector<db::Engine> engines_under_test() {
  return {db::Engine::sqlite};
}

std::string engine_name(const testing::TestParamInfo<db::Engine>& info) {
  return info.param == db::Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace tms::tests
