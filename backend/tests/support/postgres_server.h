#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "backend/db/postgres/postgres_database.h"

namespace tms::tests {

/// TMS_TEST_POSTGRES_URL: a server whose role may make databases. Without it the tests that need
/// PostgreSQL are left out, and the program says so loudly once; `./test` always sets it.
std::optional<std::string> postgres_server_url();

/// The address of the same server's database `name`.
std::string with_database(const std::string& url, const std::string& name);

/// The port of the address (5432 when it names none), and the same address on this machine with
/// another port.
std::uint16_t port_of(const std::string& url);
std::string with_port(const std::string& url, std::uint16_t port);

/// Runs a script on the server's own database, outside of any transaction.
void run_on_postgres_server(const std::string& script);

/// A database of this program's own on that server, dropped at its end.
class PostgresScratchDatabase {
 public:
  /// `name` is made unique by the process id.
  explicit PostgresScratchDatabase(const std::string& name);
  ~PostgresScratchDatabase();
  PostgresScratchDatabase(const PostgresScratchDatabase&) = delete;
  PostgresScratchDatabase& operator=(const PostgresScratchDatabase&) = delete;

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::string url() const;

 private:
  std::string name_;
};

/// The address of this program's migrated database, all tables empty and counted from 1 again.
std::string empty_postgres_database();

}  // namespace tms::tests
