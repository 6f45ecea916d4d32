#include "backend/hosts/server/process.h"

#include <unistd.h>

#include <filesystem>
#include <optional>
#include <utility>

#include "backend/db/database.h"
#include "backend/hosts/app/dispatcher.h"
#include "backend/hosts/app/json_log.h"
#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/page_files.h"
#include "backend/hosts/server/secret_of_database.h"
#include "backend/hosts/server/server.h"
#include "backend/hosts/server/version.h"
#include "backend/http/json_writer.h"

namespace tms::hosts {
namespace {

namespace fs = std::filesystem;

constexpr db::Statement kProbe{"readiness_probe", "select 1"};

core::Error error_of(std::string log_text) {
  core::Error error;
  error.log.value = std::move(log_text);
  return error;
}

// The page is optional when nobody named its folder: then the server is an API alone, and says so.
core::Result<std::optional<PageFiles>> load_page(const Settings& settings, EventLog& log) {
  fs::path folder = settings.page_dir;
  if (folder.empty()) {
    const auto found = find_page_folder(fs::read_symlink("/proc/self/exe"));
    if (!found) {
      log.write(
          LogLevel::warn, "no_page",
          {{"reason",
            "there is no built web page; build it (./run --build-only) or set TMS_PAGE_DIR"}});
      return std::optional<PageFiles>();
    }
    folder = *found;
  }
  auto page = PageFiles::load(folder);
  if (!page) return error_of("TMS_PAGE_DIR: " + page.error().detail.value);
  return std::optional<PageFiles>(std::move(*page));
}

core::Result<void> prepare_data_folder(const fs::path& folder) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error)
    return error_of("The data folder " + folder.string() + " cannot be made: " + error.message() +
                    ". Set TMS_DATA_DIR.");
  if (access(folder.c_str(), W_OK | X_OK) != 0) {
    return error_of("The data folder " + folder.string() +
                    " is not writable for this user. Set TMS_DATA_DIR.");
  }
  return {};
}

std::string mail_folder_of(const Settings& settings) {
  return fs::absolute(settings.mail_folder()).lexically_normal().string();
}

// The folder of the mails is told to this machine's own people alone.
std::string config_json(const Settings& settings) {
  http::JsonWriter json;
  json.begin_object();
  json.key("mail_folder");
  if (settings.mails_to_files() && settings.public_url.is_loopback()) {
    json.string(mail_folder_of(settings));
  } else {
    json.null();
  }
  json.member("version", version());
  json.end_object();
  return std::move(json).take();
}

WriteLane write_lane_of(db::SqliteDatabase* database) {
  if (database == nullptr) return nullptr;
  return [database](std::function<void()> job, std::function<void(std::exception_ptr)> completion) {
    database->submit_write_job(std::move(job), std::move(completion));
  };
}

DispatcherOptions dispatcher_options(const Settings& settings, const Backend& backend) {
  return {settings.public_url.origin(), std::string(backend.cookie_name()),
          settings.strict_transport()};
}

SiteOptions site_options(const Settings& settings, const AuditLog& audit) {
  SiteOptions options;
  options.audit = &audit;
  options.public_https = settings.public_url.https;
  options.public_origin = settings.public_url.origin();
  options.trusted_proxies = settings.trusted_proxies;
  options.request_timeout = settings.limits.request_timeout;
  options.metrics_token = settings.metrics_token;
  options.config_json = config_json(settings);
  return options;
}

}  // namespace

struct ServerProcess::Parts {
  explicit Parts(const Settings& the_settings) : settings(the_settings), log(settings.log_level) {}

  // In the order of building; what needs the database comes after it, the HTTP server last.
  core::Result<void> build() {
    if (const auto prepared = prepare_data_folder(settings.data_dir); !prepared)
      return prepared.error();
    auto loaded = load_page(settings, log);
    if (!loaded) return loaded.error();
    page = std::move(*loaded);
    auto opened = Backend::open(settings, log, clock, random);
    if (!opened) return opened.error();
    backend = std::move(*opened);
    scheduler.emplace(settings, write_lane_of(backend->sqlite()));
    dispatcher.emplace([this](std::string_view action) { return backend->handler(action); },
                       [this](std::string_view token, core::Timestamp now) {
                         return backend->verify_token(token, now);
                       },
                       clock, random, log, dispatcher_options(settings, *backend));
    // The database has just been compared with it.
    const auto secret = auth::load_secret(secret_source(settings), random);
    if (!secret) return secret.error();
    audit.emplace(log, secret->pseudonym_key());
    add_gauges();
    site.emplace(
        *dispatcher, *scheduler, page ? &*page : nullptr, metrics, log,
        [this](core::Deadline deadline) { return database_answers(deadline); },
        site_options(settings, *audit));
    server.emplace(settings, *site, log);
    return {};
  }

  void add_gauges() {
    const auto number = [](std::size_t value) { return static_cast<std::int64_t>(value); };
    metrics.add_gauge("tms_hashing_queue_length", "Requests that wait for a hashing thread.",
                      [this, number] { return number(scheduler->queued_for_hashing()); });
    metrics.add_gauge("tms_worker_queue_length", "Requests that wait for a database worker.",
                      [this, number] { return number(scheduler->queued_for_workers()); });
    metrics.add_gauge("tms_connections", "Open client connections.",
                      [this, number] { return number(server->connections()); });
  }

  bool database_answers(core::Deadline deadline) const {
    if (db::SqliteDatabase* sqlite = backend->sqlite(); sqlite && !sqlite->takes_writes()) {
      return false;
    }
    std::size_t rows = 0;
    backend->database_for_requests().read_one(
        [&rows](db::Transaction& transaction) { rows = transaction.execute(kProbe); }, deadline);
    return rows == 1;
  }

  const Settings& settings;
  JsonLog log;
  core::SystemClock clock;
  core::SystemRandom random;
  Metrics metrics;
  std::optional<PageFiles> page;
  std::unique_ptr<Backend> backend;
  std::optional<Scheduler> scheduler;
  std::optional<Dispatcher> dispatcher;
  std::optional<AuditLog> audit;
  std::optional<Site> site;
  std::optional<Server> server;
};

core::Result<std::unique_ptr<ServerProcess>> ServerProcess::open(const Settings& settings) {
  auto parts = std::make_unique<Parts>(settings);
  try {
    if (const auto built = parts->build(); !built) return built.error();
  } catch (const std::exception& error) {
    // A port that is taken, a database that is in use or newer than the program: the text is meant
    // for the operator as it is.
    return error_of(error.what());
  }
  return std::unique_ptr<ServerProcess>(new ServerProcess(std::move(parts)));
}

ServerProcess::ServerProcess(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

ServerProcess::~ServerProcess() {
  stop();
}

void ServerProcess::start() {
  parts_->log.write(
      LogLevel::info, "started",
      {{"version", version()}, {"database", parts_->backend->database().description()}});
  for (const std::string& warning : parts_->backend->database().warnings()) {
    parts_->log.write(LogLevel::warn, "database", {{"reason", warning}});
  }
  parts_->server->start();
  parts_->backend->start_background_work();
}

std::string ServerProcess::greeting() const {
  const Settings& settings = parts_->settings;
  // With port 0 the kernel has chosen one, which no setting knows.
  const std::string address =
      settings.listen.port != 0
          ? settings.public_url.origin()
          : (settings.has_tls() ? "https://" : "http://") +
                HostPort{settings.listen.host, parts_->server->port()}.to_string();
  std::string text = "Task Management System is running on " + address + "\n";
  if (settings.mails_to_files()) text += "Mails are written to " + mail_folder_of(settings) + "\n";
  return text;
}

void ServerProcess::reload() {
  JsonLog& log = parts_->log;
  if (!parts_->settings.has_tls()) {
    log.write(LogLevel::info, "nothing_to_reload", {{"reason", "there is no TMS_TLS_CERTIFICATE"}});
    return;
  }
  const auto reloaded = parts_->server->reload_certificate();
  if (reloaded) {
    log.write(LogLevel::info, "certificate_reloaded", {});
  } else {
    log.write(LogLevel::error, "certificate_not_reloaded",
              {{"reason", reloaded.error().log.value}});
  }
}

void ServerProcess::stop() {
  if (!parts_->server) return;
  parts_->server->stop();
  parts_->scheduler->stop();
}

}  // namespace tms::hosts
