// Migrations on both engines; a fresh, empty database for each test.

#include <gmock/gmock.h>

#include <array>
#include <memory>
#include <optional>
#include <thread>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::db {
namespace {

constexpr std::array kSteps{
    Migration{1, "one", "create table one (id bigint); create table two (id bigint)",
              "create table one (id integer) strict; create table two (id integer) strict"},
    Migration{2, "two", "insert into one (id) values (1), (2)",
              "insert into one (id) values (1), (2)"},
};

constexpr std::array kBroken{
    kSteps[0],
    Migration{2, "broken", "insert into one (id) values (1); insert into nowhere (id) values (1)",
              "insert into one (id) values (1); insert into nowhere (id) values (1)"},
};

constexpr std::array kOtherHistory{
    Migration{1, "not one", "create table one (id bigint)", "create table one (id integer)"},
};

constexpr Statement kRows{"test_rows_of_one", "select count(*) from one"};

class Migrations : public testing::TestWithParam<Engine> {
 protected:
  /// Opens the same database anew, by a program that knows `steps`.
  ManagedDatabase& open(std::span<const Migration> steps) {
    database_.reset();
    if (GetParam() == Engine::sqlite) {
      database_ = std::make_unique<SqliteDatabase>(
          SqliteOptions{.file = folder_.path() / "tms.db", .migrations = steps});
    } else {
      if (!scratch_) scratch_.emplace("migrations");
      database_ = std::make_unique<PostgresDatabase>(
          PostgresOptions{.url = scratch_->url(), .migrations = steps});
    }
    return *database_;
  }

  static std::int64_t rows(Database& database) {
    std::int64_t count = -1;
    database.read(
        [&](Transaction& transaction) {
          transaction.query(kRows, [&](const Row& row) { count = row.integer(0); });
        },
        tests::soon());
    return count;
  }

 private:
  tests::TemporaryFolder folder_;
  std::optional<tests::PostgresScratchDatabase> scratch_;
  std::unique_ptr<ManagedDatabase> database_;
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         Migrations,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(Migrations, are_all_pending_in_an_empty_database) {
  const SchemaStatus status = open(kSteps).check_schema();
  EXPECT_EQ(status.version, 0);
  EXPECT_EQ(status.pending.size(), 2U);
  EXPECT_FALSE(status.current());
}

TEST_P(Migrations, are_applied_in_order_and_once) {
  ManagedDatabase& database = open(kSteps);
  EXPECT_EQ(database.migrate().pending.size(), 2U);
  EXPECT_TRUE(database.migrate().current());
  EXPECT_EQ(database.check_schema().version, 2);
  EXPECT_EQ(rows(database), 2);
}

TEST_P(Migrations, go_on_where_an_older_program_stopped) {
  open(std::span(kSteps).first(1)).migrate();
  ManagedDatabase& database = open(kSteps);
  EXPECT_EQ(database.check_schema().pending.size(), 1U);
  database.migrate();
  EXPECT_EQ(rows(database), 2);
}

TEST_P(Migrations, are_applied_whole_or_not_at_all) {
  ManagedDatabase& database = open(kBroken);
  EXPECT_THROW(database.migrate(), StatementFailed);
  EXPECT_EQ(database.check_schema().version, 1);
  EXPECT_EQ(rows(database), 0);

  ManagedDatabase& mended = open(kSteps);
  mended.migrate();
  EXPECT_EQ(rows(mended), 2);
}

TEST_P(Migrations, of_a_newer_program_are_refused_with_a_text_that_says_so) {
  open(kSteps).migrate();
  ManagedDatabase& older = open(std::span(kSteps).first(1));
  try {
    older.migrate();
    FAIL() << "was accepted";
  } catch (const SchemaMismatch& mismatch) {
    EXPECT_THAT(mismatch.what(), testing::HasSubstr("schema version 2"));
    EXPECT_THAT(mismatch.what(), testing::HasSubstr("newer program"));
  }
  EXPECT_THROW(older.check_schema(), SchemaMismatch);
}

TEST_P(Migrations, of_another_program_are_refused) {
  open(kSteps).migrate();
  ManagedDatabase& stranger = open(kOtherHistory);
  EXPECT_THROW(stranger.migrate(), SchemaMismatch);
  try {
    stranger.check_schema();
    FAIL() << "was accepted";
  } catch (const SchemaMismatch& mismatch) {
    EXPECT_THAT(mismatch.what(), testing::HasSubstr("another program"));
  }
}

TEST_P(Migrations, of_the_real_schema_fit_an_empty_database) {
  ManagedDatabase& database = open(migrations());
  EXPECT_EQ(database.migrate().pending.size(), migrations().size());
  EXPECT_TRUE(database.check_schema().current());
}

TEST_P(Migrations, run_by_several_at_once_are_applied_once) {
  ManagedDatabase& database = open(kSteps);
  std::array<SchemaStatus, 4> found;
  std::vector<std::thread> threads;
  for (SchemaStatus& status : found)
    threads.emplace_back([&] { status = database.migrate(); });
  for (std::thread& thread : threads)
    thread.join();
  EXPECT_EQ(std::ranges::count_if(found, &SchemaStatus::current), 3);
  EXPECT_EQ(rows(database), 2);
}

}  // namespace
}  // namespace tms::db
