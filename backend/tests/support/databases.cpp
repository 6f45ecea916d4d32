#include "backend/tests/support/databases.h"

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {

struct TestDatabase::Parts {
  TemporaryFolder folder;
  std::unique_ptr<db::ManagedDatabase> database;
};

TestDatabase::TestDatabase(db::Engine engine) : parts_(std::make_unique<Parts>()) {
  if (engine == db::Engine::sqlite) {
    parts_->database = std::make_unique<db::SqliteDatabase>(
        db::SqliteOptions{.file = parts_->folder.path() / "tms.db"});
    parts_->database->migrate();
  } else {
    parts_->database = std::make_unique<db::PostgresDatabase>(
        db::PostgresOptions{.url = empty_postgres_database()});
  }
}

TestDatabase::~TestDatabase() = default;

db::ManagedDatabase& TestDatabase::database() {
  return *parts_->database;
}

std::vector<db::Engine> engines_under_test() {
  if (!postgres_server_url()) return {db::Engine::sqlite};
  return {db::Engine::sqlite, db::Engine::postgres};
}

std::string engine_name(const testing::TestParamInfo<db::Engine>& info) {
  return info.param == db::Engine::sqlite ? "sqlite" : "postgres";
}

}  // namespace tms::tests
