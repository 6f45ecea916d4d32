#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/aws/credentials.h"
#include "backend/core/result.h"
#include "backend/hosts/app/environment.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/app/limits.h"
#include "backend/hosts/app/public_url.h"
#include "backend/hosts/app/security_headers.h"
#include "backend/hosts/app/trusted_proxies.h"

namespace tms::hosts {

/// Mail through Amazon SES from a server of one's own (ses://REGION).
struct AwsSettings {
  /// TMS_AWS_ACCESS_KEY_ID, TMS_AWS_SECRET_ACCESS_KEY, TMS_AWS_SESSION_TOKEN
  aws::Credentials credentials;
  /// TMS_AWS_CA_FILE: PEM file with the public certificate roots.
  std::string ca_file = "/etc/ssl/certs/ca-certificates.crt";
  /// TMS_SES_CONFIGURATION_SET
  std::string ses_configuration_set;
};

/// Everything that can be set, read once at start and checked: nothing else reads the environment.
struct Settings {
  /// TMS_LISTEN
  HostPort listen{"127.0.0.1", 8080};
  /// TMS_PUBLIC_URL; http(s)://localhost with the port of `listen` when that is a loopback address.
  PublicUrl public_url{false, "localhost", 8080};
  /// TMS_TLS_CERTIFICATE and TMS_TLS_KEY: PEM files; empty: plain HTTP.
  std::filesystem::path tls_certificate;
  std::filesystem::path tls_key;
  /// TMS_DATA_DIR: database, secret and mail folder. Made at start when missing.
  std::filesystem::path data_dir = "data";
  /// TMS_DATABASE_URL: postgresql://…, or empty for SQLite in the data folder.
  std::string database_url;
  /// TMS_MAIL_URL: file:, smtp(s)://… or ses://region.
  std::string mail_url = "file:";
  /// TMS_MAIL_FROM
  std::string mail_from;
  AwsSettings aws;
  /// TMS_SECRET: lines of id:key; wins over no file. Empty: read or made in `secret_file`.
  std::string secret;
  /// TMS_SECRET_FILE; `<data dir>/secret` when neither is set.
  std::filesystem::path secret_file;
  /// TMS_SECRET or TMS_SECRET_FILE was set, so the file must not be made up.
  bool secret_is_explicit = false;
  /// TMS_BCRYPT_COST
  int bcrypt_cost = 12;
  /// TMS_TRUSTED_PROXIES
  TrustedProxies trusted_proxies;
  /// TMS_LOG_LEVEL: debug, info, warn, error
  LogLevel log_level = LogLevel::info;
  /// TMS_PAGE_DIR; empty: looked for beside the executable.
  std::filesystem::path page_dir;
  /// TMS_METRICS_TOKEN: bearer token of /metrics; empty: there is no /metrics.
  std::string metrics_token;
  /// TMS_HSTS_SUBDOMAINS: whether Strict-Transport-Security covers subdomains.
  bool hsts_subdomains = false;

  ServerLimits limits;
  auth::SessionLimits sessions;
  auth::ThrottleSettings throttles;

  /// What is allowed but most likely not meant; for the console.
  std::vector<std::string> warnings;

  [[nodiscard]] bool has_tls() const { return !tls_certificate.empty(); }
  [[nodiscard]] bool uses_postgres() const { return !database_url.empty(); }
  [[nodiscard]] bool mails_to_files() const { return mail_url.starts_with("file:"); }
  [[nodiscard]] std::filesystem::path sqlite_file() const { return data_dir / "tms.db"; }
  [[nodiscard]] std::filesystem::path mail_folder() const { return data_dir / "mail"; }
  [[nodiscard]] StrictTransport strict_transport() const;
  /// 0 in the limits means "by the machine"; these are the numbers meant.
  [[nodiscard]] std::size_t io_threads() const;
  [[nodiscard]] std::size_t hashing_permits() const;
  [[nodiscard]] std::size_t hashing_queue() const;
};

/// Reads and checks all settings. The error's detail names every wrong setting, one a line, and
/// repeats no secret value.
core::Result<Settings> read_settings(const Environment& values);

/// The names of all settings, sorted; what docs/operations.md must list.
std::vector<std::string> setting_names();

}  // namespace tms::hosts
