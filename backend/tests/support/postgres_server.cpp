#include "backend/tests/support/postgres_server.h"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <iostream>

#include "backend/db/postgres/connection.h"

namespace tms::tests {
namespace {

// A template copy waits for other copies; far more than it takes.
constexpr std::chrono::seconds kPatience{60};

constexpr db::Statement kEmptyAllTables{"test_empty_all_tables", R"sql(
do $do$
declare
  names text;
begin
  select string_agg(quote_ident(tablename), ', ') into names
  from pg_tables
  where schemaname = 'public' and tablename <> 'schema_migrations';
  if names is not null then
    execute 'truncate table ' || names || ' restart identity cascade';
  end if;
end
$do$)sql"};

core::Deadline patiently() {
  return std::chrono::steady_clock::now() + kPatience;
}

/// Where "host:port" stands in an address.
struct HostPart {
  std::size_t begin;
  std::size_t end;
};

HostPart host_part(const std::string& url) {
  const std::size_t authority = url.find("://") + 3;
  const std::size_t end = std::min(url.find_first_of("/?", authority), url.size());
  const std::size_t at = url.rfind('@', end);
  return {at == std::string::npos || at < authority ? authority : at + 1, end};
}

/// The database of the whole test program with a connection that empties it.
class ProgramDatabase {
 public:
  ProgramDatabase() { database_.migrate(); }

  void empty() {
    database_.write([](db::Transaction& transaction) { transaction.execute(kEmptyAllTables); },
                    patiently());
  }

  [[nodiscard]] std::string url() const { return scratch_.url(); }

 private:
  PostgresScratchDatabase scratch_{"program"};
  db::PostgresDatabase database_{{.url = scratch_.url(), .connections = 1}};
};

}  // namespace

std::optional<std::string> postgres_server_url() {
  static const std::optional<std::string> url = []() -> std::optional<std::string> {
    const char* value = std::getenv("TMS_TEST_POSTGRES_URL");
    if (value != nullptr && *value != '\0') return value;
    std::cerr << "*** TMS_TEST_POSTGRES_URL is not set: NOTHING IS TESTED ON POSTGRESQL ***\n";
    return std::nullopt;
  }();
  return url;
}

std::string with_database(const std::string& url, const std::string& name) {
  const std::size_t query = std::min(url.find('?'), url.size());
  return url.substr(0, host_part(url).end) + "/" + name + url.substr(query);
}

std::uint16_t port_of(const std::string& url) {
  const HostPart host = host_part(url);
  const std::size_t colon = url.rfind(':', host.end);
  if (colon == std::string::npos || colon < host.begin) return 5432;
  return static_cast<std::uint16_t>(std::stoi(url.substr(colon + 1, host.end - colon - 1)));
}

std::string with_port(const std::string& url, std::uint16_t port) {
  const HostPart host = host_part(url);
  return url.substr(0, host.begin) + "127.0.0.1:" + std::to_string(port) + url.substr(host.end);
}

void run_on_postgres_server(const std::string& script) {
  const db::postgres::ConnectionSettings settings(postgres_server_url().value(),
                                                  {.statement = kPatience});
  db::postgres::Connection(settings, patiently()).run_script(script, patiently());
}

PostgresScratchDatabase::PostgresScratchDatabase(const std::string& name)
    : name_("tms_test_" + name + "_" + std::to_string(::getpid())) {
  run_on_postgres_server("drop database if exists " + name_);
  run_on_postgres_server("create database " + name_ + " template template0");
}

PostgresScratchDatabase::~PostgresScratchDatabase() {
  try {
    run_on_postgres_server("drop database if exists " + name_ + " with (force)");
  } catch (const std::exception& error) {
    std::cerr << "cannot drop " << name_ << ": " << error.what() << "\n";
  }
}

std::string PostgresScratchDatabase::url() const {
  return with_database(postgres_server_url().value(), name_);
}

std::string empty_postgres_database() {
  // One per program and at its first use: a database takes far longer to make than to empty.
  static ProgramDatabase program;
  program.empty();
  return program.url();
}

}  // namespace tms::tests
