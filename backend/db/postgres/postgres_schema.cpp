#include "backend/db/postgres/postgres_schema.h"

#include <array>
#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

// Long enough to build an index on a large table; a migration that hangs must end some day.
constexpr auto kLongestStep = 30min;

constexpr Statement kFindTable{"postgres_find_schema_migrations", R"sql(
select 1
where to_regclass('schema_migrations') is not null)sql"};

constexpr Statement kSelectApplied{"postgres_select_migrations", R"sql(
select version, name
from schema_migrations
order by version)sql"};

constexpr Statement kInsertApplied{"postgres_insert_migration", R"sql(
insert into schema_migrations (version, name)
values ($1, $2))sql"};

// The number is only a name that all of us agree on: "tms" in ASCII, and "migr".
constexpr const char* kTakeLock = R"sql(
set statement_timeout = 0;
set lock_timeout = 0;
set idle_in_transaction_session_timeout = 0;
select pg_advisory_lock(7630195, 1835624306))sql";

core::Deadline step_deadline() {
  return std::chrono::steady_clock::now() + kLongestStep;
}

std::size_t run(Connection& connection,
                const Statement& statement,
                Transaction::StoredVisitor visit,
                std::span<const Parameter> parameters = {}) {
  const std::array requests{make_request(statement, std::move(visit), parameters)};
  return connection.run(requests, step_deadline());
}

void apply(Connection& connection, const Migration& step) {
  // After an error the transaction ends with the connection.
  connection.run_script("begin", step_deadline());
  connection.run_script(std::string(kCreateSchemaMigrations), step_deadline());
  connection.run_script(std::string(step.postgres), step_deadline());
  const std::array<Parameter, 2> row{step.version, step.name};
  run(
      connection, kInsertApplied, [](const Row&) {}, row);
  connection.run_script("commit", step_deadline());
}

}  // namespace

SchemaStatus check_schema(Connection& connection, std::span<const Migration> known) {
  std::vector<AppliedMigration> applied;
  if (run(connection, kFindTable, [](const Row&) {}) != 0) {
    run(connection, kSelectApplied, [&](const Row& row) {
      applied.push_back({static_cast<int>(row.integer(0)), std::string(row.text(1))});
    });
  }
  return compare_schema(applied, known);
}

SchemaStatus migrate(Connection& connection, std::span<const Migration> known) {
  connection.run_script(kTakeLock, step_deadline());
  SchemaStatus status = check_schema(connection, known);
  for (const Migration& step : status.pending)
    apply(connection, step);
  return status;
}

}  // namespace tms::db::postgres
