#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <span>
#include <string>

#include "backend/db/managed_database.h"

namespace tms::db {

struct PostgresOptions {
  /// postgresql://user:password@host:port/database?option=…; the user must be named. Without
  /// sslmode in it the certificate of any server but one on this machine is checked (verify-full,
  /// against the system's certificates unless sslrootcert says otherwise).
  std::string url = {};
  /// Asked for each new connection, when given: tokens that expire.
  std::function<std::string()> password = {};
  /// Opened when first needed. One is enough where one request runs at a time.
  std::size_t connections = 16;
  /// The server ends what takes longer: a statement, its wait for a lock, a silent transaction.
  std::chrono::milliseconds statement_timeout{10'000};
  std::chrono::milliseconds lock_timeout{5'000};
  std::chrono::milliseconds idle_in_transaction_timeout{15'000};
  std::chrono::milliseconds connect_timeout{5'000};
  /// Above 0: the server may be asleep (Aurora that pauses). A connection is tried again and again,
  /// whatever the error (a waking cluster also refuses logins), for this long; then the answer is
  /// Unavailable(waking).
  std::chrono::milliseconds wake_window{0};
  /// A connection is closed at this age, so that a new address of the server is found.
  std::chrono::seconds max_connection_age{30 * 60};
  /// False where the process sleeps between requests: `write_later` then writes at once.
  bool background_writes = true;
  std::span<const Migration> migrations = db::migrations();
};

/// A PostgreSQL server, version 15 or later, through a pool of connections. Connects when first
/// used. A connection that the server has ended is replaced, and what cannot have been committed is
/// run once more, without an error; a loss during COMMIT is reported as Unavailable, because nobody
/// knows its outcome. While the server is down calls fail at once.
class PostgresDatabase final : public ManagedDatabase {
 public:
  /// Throws std::invalid_argument when the URL cannot be used.
  explicit PostgresDatabase(const PostgresOptions& options);
  ~PostgresDatabase() override;
  PostgresDatabase(const PostgresDatabase&) = delete;
  PostgresDatabase& operator=(const PostgresDatabase&) = delete;

  [[nodiscard]] Engine engine() const override { return Engine::postgres; }
  void read(Work work, core::Deadline deadline) override;
  void read_one(Work work, core::Deadline deadline) override;
  void write(Work work, core::Deadline deadline) override;
  void write_later(std::function<void(Transaction&)> work) override;
  SchemaStatus check_schema() override;
  SchemaStatus migrate() override;
  [[nodiscard]] std::string description() override;
  [[nodiscard]] std::vector<std::string> warnings() override;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tms::db
