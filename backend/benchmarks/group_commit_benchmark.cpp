// Group commit against bare SQLite: durable inserts by many threads through SqliteDatabase, and by
// one connection with nothing around it, one or 32 rows a transaction. Same table, same settings.

#include <benchmark/benchmark.h>

#include <array>
#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "backend/db/sqlite/connection.h"
#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::benchmarks {
namespace {

constexpr std::array kSteps{
    db::Migration{1, "benchmark", "",
                  "create table rows (id integer primary key, words text not null) strict"},
};
constexpr db::Statement kInsert{"benchmark_insert", "insert into rows (words) values ($1)"};
constexpr db::Statement kBegin{"benchmark_begin", "begin immediate"};
constexpr db::Statement kCommit{"benchmark_commit", "commit"};
constexpr std::string_view kWords = "Buy milk, bread and a dozen eggs on the way home from work";

core::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::minutes(1);
}

void insert(benchmark::State& state, db::SqliteDatabase& database, int rows) {
  try {
    for (int row = 0; row < rows; ++row) {
      database.write([](db::Transaction& transaction) { transaction.execute(kInsert, kWords); },
                     soon());
    }
  } catch (const std::exception& error) {
    state.SkipWithError(error.what());
  }
}

/// Each iteration: so many threads, 200 durable inserts each.
void group_commit(benchmark::State& state) {
  constexpr int kRowsEach = 200;
  const tests::TemporaryFolder folder;
  db::SqliteDatabase database({.file = folder.path() / "tms.db", .migrations = kSteps});
  database.migrate();
  for (auto _ : state) {
    std::vector<std::thread> threads;
    for (int thread = 0; thread < state.range(0); ++thread) {
      threads.emplace_back([&] { insert(state, database, kRowsEach); });
    }
    for (std::thread& thread : threads)
      thread.join();
  }
  state.SetItemsProcessed(state.iterations() * state.range(0) * kRowsEach);
}

/// One connection, one thread, so many rows a transaction.
void bare_sqlite(benchmark::State& state) {
  const tests::TemporaryFolder folder;
  db::sqlite::Connection connection(folder.path() / "bare.db",
                                    db::sqlite::Connection::Role::writer);
  connection.run_script(kSteps.front().sqlite);
  const std::array<db::Parameter, 1> row{kWords};
  for (auto _ : state) {
    connection.run(kBegin);
    for (int count = 0; count < state.range(0); ++count) {
      connection.run(
          kInsert, [](const db::Row&) {}, row);
    }
    connection.run(kCommit);
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

BENCHMARK(bare_sqlite)->Arg(1)->Arg(8)->Arg(32)->UseRealTime();
BENCHMARK(group_commit)->Arg(1)->Arg(8)->Arg(32)->Arg(128)->UseRealTime();

}  // namespace
}  // namespace tms::benchmarks
