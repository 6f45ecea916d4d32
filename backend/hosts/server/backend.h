#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/db/managed_database.h"
#include "backend/db/sqlite/sqlite_database.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/app/settings.h"
#include "backend/http/handler.h"

namespace tms::hosts {

/// The database that the settings name. Creates the data folder for SQLite. Throws what the engine's
/// constructor throws.
std::unique_ptr<db::ManagedDatabase> open_database(const Settings& settings);

/// Everything behind the HTTP server of one process: database, secret, handlers, mail, housekeeping.
/// The settings, log, clock and randomness given to `open` must outlive it.
class Backend {
 public:
  /// Opens and migrates the database, loads (or, on a first start with SQLite, makes) the secret and
  /// compares it with the database. Errors are for the operator: their log text says what to do.
  static core::Result<std::unique_ptr<Backend>> open(const Settings& settings,
                                                     EventLog& log,
                                                     const core::Clock& clock,
                                                     core::Random& random);

  /// Stops mail and housekeeping, then closes the database. No request may be in flight.
  ~Backend();
  Backend(const Backend&) = delete;
  Backend& operator=(const Backend&) = delete;

  /// Starts sending mail and housekeeping.
  void start_background_work();

  [[nodiscard]] db::ManagedDatabase& database();

  /// The same, for work that somebody waits for: it gives up after TMS_DATABASE_TIMEOUT_MS.
  [[nodiscard]] db::Database& database_for_requests();

  /// The embedded database, or null on PostgreSQL: the scheduler hands it the writes.
  [[nodiscard]] db::SqliteDatabase* sqlite();

  [[nodiscard]] const http::Handler* handler(std::string_view action) const;
  [[nodiscard]] std::optional<http::Identity> verify_token(std::string_view token,
                                                           core::Timestamp now) const;
  [[nodiscard]] std::string_view cookie_name() const;

 private:
  struct Parts;

  explicit Backend(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace tms::hosts
