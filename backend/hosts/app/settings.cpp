#include "backend/hosts/app/settings.h"

#include <algorithm>
#include <thread>

#include "backend/hosts/app/setting_groups.h"
#include "backend/hosts/app/setting_reader.h"

namespace tms::hosts {
namespace {

constexpr int kLowBcryptCost = 10;
// Below, a token for /metrics could be guessed.
constexpr std::size_t kShortestMetricsToken = 16;

void read_tls(SettingReader& reader, Settings& settings) {
  settings.tls_certificate = reader.text("TMS_TLS_CERTIFICATE").value_or("");
  settings.tls_key = reader.text("TMS_TLS_KEY").value_or("");
  if (settings.tls_certificate.empty() != settings.tls_key.empty()) {
    reader.wrong("TMS_TLS_CERTIFICATE", "and TMS_TLS_KEY belong together: set both or neither");
  }
}

void read_addresses(SettingReader& reader, Settings& settings) {
  if (const auto text = reader.text("TMS_LISTEN")) {
    if (const auto address = HostPort::parse(*text)) {
      settings.listen = *address;
    } else {
      reader.wrong("TMS_LISTEN", "must be ADDRESS:PORT, such as 127.0.0.1:8080 or [::1]:8080");
    }
  }
  settings.public_url.https = settings.has_tls();
  const std::uint16_t usual_port = settings.has_tls() ? 443 : 80;
  settings.public_url.port =
      settings.listen.port == usual_port ? std::uint16_t{0} : settings.listen.port;
  const auto text = reader.text("TMS_PUBLIC_URL");
  if (!text) {
    if (!is_loopback_host(settings.listen.host)) {
      reader.wrong(
          "TMS_PUBLIC_URL",
          "must be set when TMS_LISTEN is not a loopback address: the address people type, "
          "such as https://tasks.example");
    }
  } else if (const auto url = PublicUrl::parse(*text); !url) {
    reader.wrong("TMS_PUBLIC_URL", "must be https://HOST or http://localhost:PORT, without a path");
  } else if (!url->https && !url->is_loopback()) {
    reader.wrong("TMS_PUBLIC_URL",
                 "must start with https:// unless it is a loopback address: passwords and session "
                 "cookies do not travel in clear text");
  } else if (!url->https && settings.has_tls()) {
    reader.wrong("TMS_PUBLIC_URL", "must start with https:// when TMS_TLS_CERTIFICATE is set");
  } else {
    settings.public_url = *url;
  }
  if (const auto proxies_text = reader.text("TMS_TRUSTED_PROXIES")) {
    if (auto proxies = TrustedProxies::parse(*proxies_text)) {
      settings.trusted_proxies = *std::move(proxies);
    } else {
      reader.wrong(
          "TMS_TRUSTED_PROXIES",
          "must be a comma-separated list of addresses and blocks, such as 10.0.0.0/8,::1");
    }
  }
}

void read_database(SettingReader& reader, Settings& settings) {
  const auto url = reader.text("TMS_DATABASE_URL");
  if (!url || *url == "sqlite:" || *url == "sqlite") return;
  if (url->starts_with("postgresql://") || url->starts_with("postgres://")) {
    settings.database_url = *url;
  } else {
    reader.wrong("TMS_DATABASE_URL",
                 "must be postgresql://…; leave it empty for SQLite in the data folder");
  }
}

void read_secret(SettingReader& reader, Settings& settings) {
  const auto secret = reader.text("TMS_SECRET");
  const auto file = reader.text("TMS_SECRET_FILE");
  if (secret && file) {
    reader.wrong("TMS_SECRET", "and TMS_SECRET_FILE are both set: which one counts?");
  }
  settings.secret_is_explicit = secret || file;
  settings.secret = secret.value_or("");
  settings.secret_file = file ? std::filesystem::path(*file) : settings.data_dir / "secret";
  if (settings.uses_postgres() && !settings.secret_is_explicit) {
    reader.wrong("TMS_SECRET_FILE",
                 "(or TMS_SECRET) must be set with PostgreSQL: every server of one database needs "
                 "the same secret");
  }
}

void read_mail(SettingReader& reader, Settings& settings) {
  bool allow_file_mail = false;
  reader.flag("TMS_ALLOW_FILE_MAIL", allow_file_mail);
  const auto from = reader.text("TMS_MAIL_FROM");
  settings.mail_from = from.value_or("no-reply@" + settings.public_url.host);
  if (const auto url = reader.text("TMS_MAIL_URL")) {
    constexpr std::array<std::string_view, 4> kSchemes{"file:", "smtp://", "smtps://", "ses://"};
    if (std::none_of(kSchemes.begin(), kSchemes.end(),
                     [&](std::string_view scheme) { return url->starts_with(scheme); })) {
      return reader.wrong("TMS_MAIL_URL", "must be file:, smtp://…, smtps://… or ses://REGION");
    }
    settings.mail_url = *url;
  }
  if (!settings.mails_to_files() && !from) {
    reader.wrong("TMS_MAIL_FROM", "must be set: the address that mails come from");
  }
  if (settings.mails_to_files() && !settings.public_url.is_loopback() && !allow_file_mail) {
    reader.wrong("TMS_MAIL_URL",
                 "must name a mail server (smtp://…, smtps://…, ses://…) because TMS_PUBLIC_URL is "
                 "not a loopback address: mails written to a folder reach nobody. "
                 "TMS_ALLOW_FILE_MAIL=1 starts all the same");
  }
}

void read_aws(SettingReader& reader, AwsSettings& aws) {
  aws.credentials.access_key_id = reader.text("TMS_AWS_ACCESS_KEY_ID").value_or("");
  aws.credentials.secret_access_key = reader.text("TMS_AWS_SECRET_ACCESS_KEY").value_or("");
  aws.credentials.session_token = reader.text("TMS_AWS_SESSION_TOKEN").value_or("");
  aws.ca_file = reader.text("TMS_AWS_CA_FILE").value_or(aws.ca_file);
  aws.ses_configuration_set = reader.text("TMS_SES_CONFIGURATION_SET").value_or("");
}

void read_log_level(SettingReader& reader, Settings& settings) {
  const auto text = reader.text("TMS_LOG_LEVEL");
  if (!text) return;
  if (*text == "debug") {
    settings.log_level = LogLevel::debug;
  } else if (*text == "info") {
    settings.log_level = LogLevel::info;
  } else if (*text == "warn") {
    settings.log_level = LogLevel::warn;
  } else if (*text == "error") {
    settings.log_level = LogLevel::error;
  } else {
    reader.wrong("TMS_LOG_LEVEL", "must be debug, info, warn or error");
  }
}

void read_rest(SettingReader& reader, Settings& settings) {
  reader.number("TMS_BCRYPT_COST", settings.bcrypt_cost, 4, 16);
  if (settings.bcrypt_cost < kLowBcryptCost) {
    settings.warnings.emplace_back(
        "TMS_BCRYPT_COST is below 10: stolen password hashes could be guessed quickly");
  }
  if (const auto text = reader.text("TMS_PAGE_DIR")) settings.page_dir = *text;
  settings.metrics_token = reader.text("TMS_METRICS_TOKEN").value_or("");
  if (!settings.metrics_token.empty() && settings.metrics_token.size() < kShortestMetricsToken) {
    reader.wrong("TMS_METRICS_TOKEN", "must have at least 16 characters");
  }
  reader.flag("TMS_HSTS_SUBDOMAINS", settings.hsts_subdomains);
  read_log_level(reader, settings);
}

Settings read_all(SettingReader& reader) {
  Settings settings;
  if (const auto folder = reader.text("TMS_DATA_DIR")) settings.data_dir = *folder;
  read_tls(reader, settings);
  read_addresses(reader, settings);
  read_database(reader, settings);
  read_secret(reader, settings);
  read_mail(reader, settings);
  read_aws(reader, settings.aws);
  read_rest(reader, settings);
  read_limits(reader, settings.limits);
  read_sessions(reader, settings.sessions);
  read_throttles(reader, settings.throttles);
  for (const std::string& name : reader.unknown()) {
    settings.warnings.push_back(name + " is no setting of this program");
  }
  return settings;
}

std::size_t cores() {
  return std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

core::Result<Settings> read_settings(const Environment& values) {
  SettingReader reader(values);
  Settings settings = read_all(reader);
  if (reader.errors().empty()) return settings;
  core::Error error;
  error.code = core::ErrorCode::validation_failed;
  for (const std::string& line : reader.errors()) {
    if (!error.detail.value.empty()) error.detail.value += '\n';
    error.detail.value += line;
  }
  return error;
}

std::vector<std::string> setting_names() {
  const Environment none;
  SettingReader reader(none);
  read_all(reader);
  return {reader.known().begin(), reader.known().end()};
}

StrictTransport Settings::strict_transport() const {
  if (!public_url.https) return StrictTransport::off;
  return hsts_subdomains ? StrictTransport::host_and_subdomains : StrictTransport::host;
}

std::size_t Settings::io_threads() const {
  return limits.io_threads != 0 ? limits.io_threads : cores();
}

std::size_t Settings::hashing_permits() const {
  return limits.hashing_permits != 0 ? limits.hashing_permits
                                     : std::max<std::size_t>(1, cores() - 1);
}

std::size_t Settings::hashing_queue() const {
  return limits.hashing_queue != 0 ? limits.hashing_queue
                                   : hashing_queue_for(hashing_permits(), bcrypt_cost);
}

}  // namespace tms::hosts
