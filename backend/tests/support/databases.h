#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "backend/db/managed_database.h"

namespace tms::tests {

/// A migrated, empty database of one engine: SQLite in a temporary folder, PostgreSQL on the server
/// that the environment variable TMS_TEST_POSTGRES_URL names (one database per test program, made
/// and dropped there, emptied for every test).
class TestDatabase {
 public:
  explicit TestDatabase(db::Engine engine);
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  [[nodiscard]] db::ManagedDatabase& database();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// SQLite always; PostgreSQL when TMS_TEST_POSTGRES_URL is set. Says so loudly when it is not:
/// `./test` always sets it.
std::vector<db::Engine> engines_under_test();

/// For INSTANTIATE_TEST_SUITE_P: "sqlite" or "postgres".
std::string engine_name(const testing::TestParamInfo<db::Engine>& info);

/// Far enough for any test, near enough that a test that hangs ends.
inline core::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

/// Base of tests that run on both engines:
///
///   class CreateTask : public tests::DatabaseTest {};
///   INSTANTIATE_TEST_SUITE_P(Engines, CreateTask, testing::ValuesIn(tests::engines_under_test()),
///                            tests::engine_name);
///   TEST_P(CreateTask, stores_the_description) { … database() … }
class DatabaseTest : public testing::TestWithParam<db::Engine> {
 protected:
  [[nodiscard]] db::ManagedDatabase& database() { return fresh_.database(); }

  /// Runs one statement that changes something.
  template <class... Args>
  void execute(const db::Statement& statement, const Args&... args) {
    database().write([&](db::Transaction& transaction) { transaction.execute(statement, args...); },
                     soon());
  }

  /// The first column of the first row; fails the test when there is no row.
  template <class... Args>
  std::int64_t integer(const db::Statement& statement, const Args&... args) {
    std::int64_t result = 0;
    std::size_t rows = 0;
    database().read(
        [&](db::Transaction& transaction) {
          rows = transaction.query(
              statement, [&](const db::Row& row) { result = row.integer(0); }, args...);
        },
        soon());
    EXPECT_EQ(rows, 1U) << statement.name;
    return result;
  }

 private:
  TestDatabase fresh_{GetParam()};
};

}  // namespace tms::tests
