// Prepares every Statement of the program on both engines, so that a wrong SQL text is found
// without the handler that uses it.
//
// Nobody keeps a list of them: the sources say how many there are and how they are called, and the
// symbol table of this program, which links them all, says where they are.

#include <gmock/gmock.h>
#include <libpq-fe.h>
#include <sqlite3.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <map>
#include <memory>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "backend/db/sqlite/prepared_statement.h"
#include "backend/db/sqlite/sqlite_database.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/temporary_folder.h"

/// A symbol whose address is known both in the file and in memory.
extern "C" {
// NOLINTNEXTLINE(readability-identifier-naming)
extern const tms::db::Statement tms_statement_landmark;
const tms::db::Statement tms_statement_landmark{"landmark", "select 1"};
}

namespace tms::tests {
namespace {

namespace fs = std::filesystem;

/// Names of the constants that the sources declare as `Statement kName`.
std::multiset<std::string> declared_statements() {
  const std::regex declaration(R"(^\s*(?:inline |static )?constexpr (?:db::)?Statement (k\w+)\b)");
  std::multiset<std::string> names;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(TMS_SOURCE_FOLDER)) {
    const std::string path = entry.path().string();
    const bool source = path.ends_with(".cpp") || path.ends_with(".h");
    if (!source || path.starts_with(TMS_SOURCE_FOLDER "/tests") ||
        path.starts_with(TMS_SOURCE_FOLDER "/benchmarks")) {
      continue;
    }
    std::ifstream stream(path);
    for (std::string line; std::getline(stream, line);) {
      if (line.find("Statement k") == std::string::npos) continue;
      if (std::smatch found; std::regex_search(line, found, declaration)) names.insert(found[1]);
    }
  }
  return names;
}

struct Symbol {
  std::uintptr_t address;
  std::size_t size;
  std::string name;
};

/// This program's own symbols, by binutils.
std::vector<Symbol> symbols() {
  const std::unique_ptr<FILE, int (*)(FILE*)> output(
      ::popen("nm --print-size --defined-only /proc/$PPID/exe", "r"), ::pclose);
  std::vector<Symbol> found;
  std::array<char, 4096> line{};
  while (std::fgets(line.data(), line.size(), output.get()) != nullptr) {
    Symbol symbol{};
    char kind = 0;
    int name_at = 0;
    if (std::sscanf(line.data(), "%zx %zx %c %n", &symbol.address, &symbol.size, &kind, &name_at) ==
        3) {
      symbol.name = std::string(line.data() + name_at);
      symbol.name.erase(symbol.name.find_last_not_of('\n') + 1);
      found.push_back(symbol);
    }
  }
  return found;
}

/// Where every declared Statement is in memory, by the name of its constant.
std::multimap<std::string, const db::Statement*> find_statements() {
  const std::vector<Symbol> all = symbols();
  const auto landmark = std::ranges::find(all, "tms_statement_landmark", &Symbol::name);
  if (landmark == all.end()) return {};
  const auto base = reinterpret_cast<std::uintptr_t>(&tms_statement_landmark) - landmark->address;
  const std::multiset<std::string> declared = declared_statements();
  std::multimap<std::string, const db::Statement*> found;
  for (const Symbol& symbol : all) {
    if (symbol.size != sizeof(db::Statement) || !symbol.name.starts_with("_ZN3tms")) continue;
    for (auto name = declared.begin(); name != declared.end(); name = declared.upper_bound(*name)) {
      // Itanium C++ ABI: a nested name ends with the length of its last part, that part, and E.
      if (!symbol.name.ends_with(std::to_string(name->size()) + *name + "E")) continue;
      // NOLINTNEXTLINE(performance-no-int-to-ptr): that is what a symbol table holds
      const auto* statement = reinterpret_cast<const db::Statement*>(base + symbol.address);
      found.emplace(*name, statement);
    }
  }
  return found;
}

const std::multimap<std::string, const db::Statement*>& statements() {
  static const auto found = find_statements();
  return found;
}

TEST(EveryStatement, of_the_sources_is_found_in_the_program) {
  const std::multiset<std::string> declared = declared_statements();
  EXPECT_GT(declared.size(), 70U);
  for (const std::string& name : declared) {
    EXPECT_EQ(statements().count(name), declared.count(name)) << name;
  }
}

TEST(EveryStatement, has_a_name_of_its_own) {
  std::map<std::string_view, int> uses;
  for (const auto& [constant, statement] : statements())
    ++uses[statement->name];
  for (const auto& [name, count] : uses)
    EXPECT_EQ(count, 1) << name;
}

TEST(EveryStatement, is_understood_by_sqlite) {
  const TemporaryFolder folder;
  const fs::path file = folder.path() / "tms.db";
  db::SqliteDatabase({.file = file}).migrate();
  sqlite3* handle = nullptr;
  ASSERT_EQ(sqlite3_open(file.c_str(), &handle), SQLITE_OK);
  const std::unique_ptr<sqlite3, int (*)(sqlite3*)> connection(handle, sqlite3_close);
  for (const auto& [name, statement] : statements()) {
    if (statement->name.starts_with("postgres_")) continue;
    try {
      const db::sqlite::PreparedStatement prepared(handle, *statement);
    } catch (const std::exception& error) {
      ADD_FAILURE() << statement->name << ": " << error.what() << "\n"
                    << statement->text(db::Engine::sqlite);
    }
  }
}

TEST(EveryStatement, is_understood_by_postgres) {
  if (!postgres_server_url()) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
  const std::unique_ptr<PGconn, void (*)(PGconn*)> connection(
      PQconnectdb(empty_postgres_database().c_str()), PQfinish);
  ASSERT_EQ(PQstatus(connection.get()), CONNECTION_OK) << PQerrorMessage(connection.get());
  for (const auto& [name, statement] : statements()) {
    if (statement->name.starts_with("sqlite_")) continue;
    const std::string sql(statement->text(db::Engine::postgres));
    const std::unique_ptr<PGresult, void (*)(PGresult*)> result(
        PQprepare(connection.get(), "", sql.c_str(), 0, nullptr), PQclear);
    EXPECT_EQ(PQresultStatus(result.get()), PGRES_COMMAND_OK)
        << statement->name << ": " << PQresultErrorMessage(result.get()) << "\n"
        << sql;
  }
}

}  // namespace
}  // namespace tms::tests
