#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>
#include <optional>

#include "backend/auth/installation.h"
#include "backend/db/postgres/postgres_database.h"
#include "backend/db/postgres/role.h"
#include "backend/db/sqlite/read_only_database.h"
#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/secret_of_database.h"

namespace tms::hosts {
namespace {

using State = Finding::State;
using std::chrono::minutes;
using std::chrono::seconds;

// Below the first date this program cannot have been built; above the second, a clock is broken.
constexpr core::Timestamp kEarliest = std::chrono::sys_days(std::chrono::year(2026) / 1 / 1);
constexpr core::Timestamp kLatest = std::chrono::sys_days(std::chrono::year(2100) / 1 / 1);
// Codes live for 10 minutes: a clock that is off by more than a few seconds shortens or lengthens that.
constexpr seconds kMostDifference{5};

constexpr db::Statement kDatabaseClock{"postgres_clock", R"sql(
select cast(extract(epoch from clock_timestamp()) * 1000000 as bigint))sql"};

// When anything was last written that is looked up by time.
constexpr db::Statement kNewestTime{"newest_time", R"sql(
select coalesce(max(newest.moment), 0)
from (
  select max(last_seen) as moment
  from sessions
  union all
  select max(updated_at)
  from users
) newest)sql"};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::hours(1);
}

std::int64_t number(db::Database& database, const db::Statement& statement) {
  std::int64_t result = 0;
  database.read(
      [&](db::Transaction& transaction) {
        transaction.query(statement, [&](const db::Row& row) { result = row.integer(0); });
      },
      soon());
  return result;
}

void check_clock(db::Database* database, const core::Clock& clock, Findings& findings) {
  const core::Timestamp now = clock.now();
  const auto add = [&](State state, const std::string& text) {
    findings.push_back({state, "clock", text});
  };
  if (now < kEarliest || now >= kLatest)
    return add(State::bad,
               "the clock of this machine cannot be right: it is before 2026 or after 2099");
  if (database == nullptr) return add(State::good, core::format_timestamp(now));
  if (database->engine() == db::Engine::postgres) {
    const auto theirs = core::from_micros(number(*database, kDatabaseClock));
    const auto difference = std::chrono::abs(theirs - now);
    if (difference > kMostDifference) {
      return add(State::bad, "this machine and the database differ by " +
                                 std::to_string(difference / seconds(1)) + " s");
    }
  }
  const auto newest = core::from_micros(number(*database, kNewestTime));
  if (newest > now + minutes(1)) {
    return add(State::bad, "it went back: the database was written at " +
                               core::format_timestamp(newest) + ", now it is " +
                               core::format_timestamp(now));
  }
  add(State::good, core::format_timestamp(now));
}

void check_schema(const db::SchemaStatus& status, Findings& findings) {
  const std::string version = "version " + std::to_string(status.version);
  if (status.current()) {
    findings.push_back({State::good, "schema", version});
  } else {
    findings.push_back({State::warning, "schema",
                        version + "; the next start (or tms migrate) brings it up to date"});
  }
}

void check_secret_file(const Settings& settings, Findings& findings) {
  struct stat status {};
  if (!settings.secret.empty() || ::stat(settings.secret_file.c_str(), &status) != 0) return;
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    findings.push_back({State::bad, "secret",
                        "other users may read " + settings.secret_file.string() + ": chmod 600"});
  }
}

void check_secret(const Settings& settings, db::Database* database, Findings& findings) {
  check_secret_file(settings, findings);
  const bool is_first_start =
      !settings.uses_postgres() && !settings.secret_is_explicit &&
      (database == nullptr || !auth::has_secret_fingerprint(*database, soon()));
  if (is_first_start && !std::filesystem::exists(settings.secret_file)) {
    findings.push_back({State::warning, "secret", "there is none; the first start makes it"});
    return;
  }
  core::SystemRandom unused;
  const auto secret = auth::load_secret(secret_source(settings), unused);
  if (!secret) {
    findings.push_back({State::bad, "secret", secret.error().log.value});
    return;
  }
  if (database != nullptr) {
    if (const auto same = auth::compare_secret(*database, *secret, soon()); !same) {
      findings.push_back({State::bad, "secret", same.error().log.value});
      return;
    }
  }
  const std::size_t keys = secret->fingerprints().size();
  findings.push_back({State::good, "secret",
                      std::to_string(keys) + (keys == 1 ? " key" : " keys") +
                          (database != nullptr ? ", of this database" : "")});
}

void check_tables(const Settings& settings,
                  db::Database& database,
                  const core::Clock& clock,
                  const db::SchemaStatus& schema,
                  Findings& findings) {
  check_schema(schema, findings);
  // Without the first step there is no table to ask.
  db::Database* tables = schema.version > 0 ? &database : nullptr;
  check_secret(settings, tables, findings);
  check_clock(tables, clock, findings);
}

void check_sqlite(const Settings& settings,
                  const core::Clock& clock,
                  const DoctorOptions& options,
                  Findings& findings) {
  const auto file = settings.sqlite_file();
  if (!std::filesystem::exists(file)) {
    findings.push_back(
        {State::warning, "database", file.string() + " is not there; the first start makes it"});
    check_secret(settings, nullptr, findings);
    check_clock(nullptr, clock, findings);
    return;
  }
  db::ReadOnlySqliteDatabase database(file);
  const auto schema = database.check_schema(soon());
  using Depth = db::ReadOnlySqliteDatabase::Depth;
  const auto damage = database.damage(soon(), options.deep ? Depth::deep : Depth::quick);
  for (const std::string& line : damage)
    findings.push_back({State::bad, "database", file.string() + " is damaged: " + line});
  if (damage.empty()) findings.push_back({State::good, "database", file.string() + " is whole"});
  check_tables(settings, database, clock, schema, findings);
}

// A stolen password of the server, or a hole in it, is worth what its role may do.
void check_role(db::Database& database, Findings& findings) {
  const std::string name = db::postgres::role_name(database, soon());
  std::string words;
  for (const std::string& right : db::postgres::excess_rights(database, soon()))
    words += (words.empty() ? "" : ", ") + right;
  if (words.empty()) {
    findings.push_back({State::good, "role", name + " may read and write rows and no more"});
  } else {
    findings.push_back(
        {State::warning, "role",
         name + " " + words + ": more than the server needs, see tms migrate " + "--grant-to"});
  }
}

void check_postgres(const Settings& settings, const core::Clock& clock, Findings& findings) {
  db::PostgresOptions options;
  options.url = settings.database_url;
  options.connections = 1;
  options.background_writes = false;
  db::PostgresDatabase database(options);
  const auto schema = database.check_schema();
  findings.push_back({State::good, "database", database.description() + " answers"});
  for (const std::string& warning : database.warnings())
    findings.push_back({State::warning, "database", warning});
  if (schema.version > 0) check_role(database, findings);
  check_tables(settings, database, clock, schema, findings);
}

}  // namespace

void check_database(const Settings& settings,
                    const core::Clock& clock,
                    const DoctorOptions& options,
                    Findings& findings) {
  try {
    if (settings.uses_postgres()) {
      check_postgres(settings, clock, findings);
    } else {
      check_sqlite(settings, clock, options, findings);
    }
  } catch (const std::exception& error) {
    findings.push_back({State::bad, "database", error.what()});
  }
}

}  // namespace tms::hosts
