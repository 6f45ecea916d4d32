#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/result.h"
#include "backend/hosts/app/environment.h"
#include "backend/hosts/app/public_url.h"

namespace tms::lambda {

/// What one function is told by its environment; template.yaml gives each only what it needs. Secrets
/// are not among it: the names of parameters in SSM are, and the function reads those at its start.
struct FunctionSettings {
  /// _HANDLER: a row of the route table, send_mail or migrate.
  std::string action;
  /// AWS_LAMBDA_RUNTIME_API
  std::string runtime_api;
  /// AWS_REGION
  std::string region;

  /// TMS_DATABASE_HOST, _PORT, _NAME, _USER: Aurora with an IAM login token. Empty host: none.
  std::string database_host;
  int database_port = 5432;
  std::string database_name = "tms";
  std::string database_user;
  /// TMS_DATABASE_OWNER: migrate only, the role that may make roles; empty: they exist.
  std::string database_owner;
  /// TMS_DATABASE_CA_FILE: the RDS root certificates.
  std::string database_ca_file;
  /// TMS_DATABASE_URL: instead of all that, a PostgreSQL with a password, for local runs. For migrate
  /// it is the owner's.
  std::string database_url;

  /// TMS_TOKEN_PUBLIC_KEYS: id:base64,…
  std::string token_public_keys;
  /// TMS_TOKEN_KEY_PARAMETER, TMS_PASSWORD_KEY_PARAMETER, TMS_CODE_KEY_PARAMETER: names in SSM.
  std::string token_key_parameter;
  std::string password_key_parameter;
  std::string code_key_parameter;

  /// TMS_SSM_ENDPOINT, TMS_LAMBDA_ENDPOINT, TMS_SES_ENDPOINT: https://HOST; emulators may be http.
  std::string ssm_endpoint;
  std::string lambda_endpoint;
  std::string ses_endpoint;
  /// TMS_AWS_CA_FILE: the public roots.
  std::string ca_file = "/var/task/ca-certificates.crt";
  /// TMS_SEND_MAIL_FUNCTION: the name that mails are handed to.
  std::string send_mail_function;
  /// TMS_MAIL_FROM, TMS_SES_CONFIGURATION_SET
  std::string mail_from;
  std::string configuration_set;
  /// TMS_PUBLIC_URL: what mails name; without it they name no address. An action knows its origin from
  /// CloudFront instead; plain http on loopback, for local runs, gives it the development cookie.
  std::optional<hosts::PublicUrl> public_url;

  /// TMS_BCRYPT_COST
  int bcrypt_cost = 12;
  auth::SessionLimits sessions;
  auth::ThrottleSettings throttles;
};

/// Reads and checks them. The error's log text names every wrong setting and repeats no value.
core::Result<FunctionSettings> read_function_settings(const hosts::Environment& environment);

}  // namespace tms::lambda
