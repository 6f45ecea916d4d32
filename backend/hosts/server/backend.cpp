#include "backend/hosts/server/backend.h"

#include <filesystem>

#include "backend/auth/secret.h"
#include "backend/auth/token_memory.h"
#include "backend/db/bounded_database.h"
#include "backend/db/postgres/postgres_database.h"
#include "backend/db/postgres/role.h"
#include "backend/email/mail_thread.h"
#include "backend/hosts/app/application.h"
#include "backend/hosts/server/housekeeping_thread.h"
#include "backend/hosts/server/mail_transport.h"
#include "backend/hosts/server/secret_of_database.h"

namespace tms::hosts {
namespace {

auth::CodePurpose purpose_of(email::MailKind kind) {
  return kind == email::MailKind::reset_code ? auth::CodePurpose::reset : auth::CodePurpose::signup;
}

auth::SessionCookie::Mode cookie_mode(const Settings& settings) {
  return settings.public_url.https ? auth::SessionCookie::Mode::https
                                   : auth::SessionCookie::Mode::development;
}

// SQLite is never silent: its statements end at their deadline by themselves.
constexpr std::chrono::hours kNoLimit{24};

constexpr std::chrono::seconds kStartTime{30};

int code_minutes(const Settings& settings) {
  return static_cast<int>(
      std::chrono::ceil<std::chrono::minutes>(settings.throttles.code_life).count());
}

// On PostgreSQL the schema may belong to another role. Then a current one is enough.
core::Result<void> bring_up_to_date(db::ManagedDatabase& database) {
  if (database.engine() == db::Engine::postgres) {
    const auto deadline = std::chrono::steady_clock::now() + kStartTime;
    const db::SchemaStatus status = database.check_schema();
    if (!status.current() && !db::postgres::may_migrate(database, deadline)) {
      core::Error error;
      error.log.value = "the database has schema version " + std::to_string(status.version) +
                        ", this program needs " + std::to_string(status.pending.back().version) +
                        ", and the role " + db::postgres::role_name(database, deadline) +
                        " may not change it: run tms migrate with TMS_DATABASE_URL of the role "
                        "that owns the tables, then start again";
      return error;
    }
  }
  database.migrate();
  return {};
}

}  // namespace

std::unique_ptr<db::ManagedDatabase> open_database(const Settings& settings) {
  if (settings.uses_postgres()) {
    db::PostgresOptions options;
    options.url = settings.database_url;
    // Hashing routes hold a connection of their own while they wait for the database.
    options.connections = settings.limits.worker_threads + settings.limits.hashing_threads;
    // Shorter than the time of a request, else a server that swallows connections would never
    // count as down, and every request would wait for it.
    options.connect_timeout = settings.limits.database_timeout * 3 / 4;
    return std::make_unique<db::PostgresDatabase>(options);
  }
  std::filesystem::create_directories(settings.data_dir);
  db::SqliteOptions options;
  options.file = settings.sqlite_file();
  options.readers = settings.io_threads() + settings.limits.hashing_threads + 4;
  return std::make_unique<db::SqliteDatabase>(options);
}

struct Backend::Parts {
  Parts(const Settings& given_settings,
        EventLog& given_log,
        const core::Clock& given_clock,
        core::Random& given_random,
        std::unique_ptr<db::ManagedDatabase> given_database,
        const auth::Secret& secret,
        std::unique_ptr<email::Transport> given_transport)
      : settings(given_settings),
        log(given_log),
        clock(given_clock),
        database(std::move(given_database)),
        for_requests(*database,
                     database->engine() == db::Engine::postgres ? settings.limits.database_timeout
                                                                : kNoLimit),
        transport(std::move(given_transport)),
        cookie(cookie_mode(settings)),
        verifier(secret.keys(auth::KeyPurpose::session_tokens)),
        tokens(verifier),
        issuer(secret.keys(auth::KeyPurpose::session_tokens)),
        hasher(secret.keys(auth::KeyPurpose::password_pepper),
               {settings.bcrypt_cost, settings.hashing_permits()},
               given_random),
        codes(secret.keys(auth::KeyPurpose::one_time_codes)),
        devices(cookie_mode(settings), secret.keys(auth::KeyPurpose::known_devices), given_random),
        outbox(clock, [this] { bell.ring(); }),
        sender({*database, clock, outbox, *transport,
                [this](const email::MailJob& job) {
                  return codes.code(purpose_of(job.kind), job.flow, job.generation);
                },
                [this](const std::string& line) { note(line); }, settings.public_url.origin(),
                code_minutes(settings)}),
        application({for_requests, clock, given_random, verifier, cookie, settings.sessions,
                     settings.throttles, &outbox, &hasher, &codes, &issuer, &devices}) {}

  void note(const std::string& line) {
    log.write(LogLevel::info, "mail", {{"text", std::string_view(line)}});
  }

  const Settings& settings;
  EventLog& log;
  const core::Clock& clock;
  // Before the database, whose last commits may still ring it.
  email::MailBell bell;
  std::unique_ptr<db::ManagedDatabase> database;
  db::BoundedDatabase for_requests;
  std::unique_ptr<email::Transport> transport;
  auth::SessionCookie cookie;
  auth::TokenVerifier verifier;
  auth::TokenMemory tokens;
  auth::TokenIssuer issuer;
  auth::PasswordHasher hasher;
  auth::OneTimeCodes codes;
  auth::DeviceCookie devices;
  email::Outbox outbox;
  email::MailSender sender;
  Application application;
  // Last, so that the threads end before what they use.
  std::unique_ptr<email::MailThread> mail_thread;
  std::unique_ptr<HousekeepingThread> housekeeping;
};

core::Result<std::unique_ptr<Backend>> Backend::open(const Settings& settings,
                                                     EventLog& log,
                                                     const core::Clock& clock,
                                                     core::Random& random) {
  auto transport = make_mail_transport(settings, clock);
  if (!transport) return transport.error();
  auto database = open_database(settings);
  if (const auto migrated = bring_up_to_date(*database); !migrated) return migrated.error();
  const auto secret = secret_of_database(settings, *database, random);
  if (!secret) return secret.error();
  auto parts = std::make_unique<Parts>(settings, log, clock, random, std::move(database), *secret,
                                       std::move(*transport));
  return std::unique_ptr<Backend>(new Backend(std::move(parts)));
}

Backend::Backend(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Backend::~Backend() = default;

void Backend::start_background_work() {
  Parts& parts = *parts_;
  parts.mail_thread = std::make_unique<email::MailThread>(
      parts.bell, parts.sender, [&parts](const std::string& line) { parts.note(line); });
  parts.housekeeping = std::make_unique<HousekeepingThread>(Housekeeping(
      *parts.database, parts.clock, parts.settings.throttles, parts.settings.sessions, parts.log));
}

db::ManagedDatabase& Backend::database() {
  return *parts_->database;
}

db::Database& Backend::database_for_requests() {
  return parts_->for_requests;
}

db::SqliteDatabase* Backend::sqlite() {
  return dynamic_cast<db::SqliteDatabase*>(parts_->database.get());
}

const http::Handler* Backend::handler(std::string_view action) const {
  return parts_->application.handler(action);
}

std::optional<http::Identity> Backend::verify_token(std::string_view token,
                                                    core::Timestamp now) const {
  return parts_->tokens.verify(token, now);
}

std::string_view Backend::cookie_name() const {
  return parts_->cookie.name();
}

}  // namespace tms::hosts
