#include "backend/hosts/lambda/function_settings.h"

#include "backend/hosts/app/setting_groups.h"
#include "backend/hosts/app/setting_reader.h"

namespace tms::lambda {
namespace {

std::string endpoint(hosts::SettingReader& reader, std::string_view name, const std::string& host) {
  return reader.text(name).value_or("https://" + host);
}

// SSM and Lambda by their dual-stack names: inside the VPC only IPv6 leads out. send_mail, which
// alone uses SES, runs outside.
void read_endpoints(hosts::SettingReader& reader, FunctionSettings& settings) {
  settings.ssm_endpoint =
      endpoint(reader, "TMS_SSM_ENDPOINT", "ssm." + settings.region + ".api.aws");
  settings.lambda_endpoint =
      endpoint(reader, "TMS_LAMBDA_ENDPOINT", "lambda." + settings.region + ".api.aws");
  settings.ses_endpoint =
      endpoint(reader, "TMS_SES_ENDPOINT", "email." + settings.region + ".amazonaws.com");
  settings.ca_file = reader.text("TMS_AWS_CA_FILE").value_or(settings.ca_file);
}

void read_database(hosts::SettingReader& reader, FunctionSettings& settings) {
  settings.database_url = reader.text("TMS_DATABASE_URL").value_or("");
  settings.database_host = reader.text("TMS_DATABASE_HOST").value_or("");
  reader.number("TMS_DATABASE_PORT", settings.database_port, 1, 65'535);
  settings.database_name = reader.text("TMS_DATABASE_NAME").value_or(settings.database_name);
  settings.database_user = reader.text("TMS_DATABASE_USER").value_or("");
  settings.database_owner = reader.text("TMS_DATABASE_OWNER").value_or("");
  settings.database_ca_file =
      reader.text("TMS_DATABASE_CA_FILE").value_or("/var/task/rds-global-bundle.pem");
  if (!settings.database_host.empty() && settings.database_user.empty()) {
    reader.wrong("TMS_DATABASE_USER", "must be set with TMS_DATABASE_HOST");
  }
}

void read_public_url(hosts::SettingReader& reader, FunctionSettings& settings) {
  const auto text = reader.text("TMS_PUBLIC_URL");
  if (!text) return;
  settings.public_url = hosts::PublicUrl::parse(*text);
  if (!settings.public_url) {
    reader.wrong("TMS_PUBLIC_URL", "must be http(s)://host[:port]");
  } else if (!settings.public_url->https && !settings.public_url->is_loopback()) {
    reader.wrong("TMS_PUBLIC_URL", "must be https: the session cookie would travel in the clear");
  }
}

}  // namespace

core::Result<FunctionSettings> read_function_settings(const hosts::Environment& environment) {
  hosts::SettingReader reader(environment);
  FunctionSettings settings;
  const auto required = [&](std::string_view name) {
    auto value = reader.text(name);
    if (!value) reader.wrong(name, "is missing");
    return value.value_or("");
  };
  settings.action = required("_HANDLER");
  settings.runtime_api = required("AWS_LAMBDA_RUNTIME_API");
  settings.region = reader.text("AWS_REGION").value_or("us-east-1");
  read_database(reader, settings);
  read_endpoints(reader, settings);
  settings.token_public_keys = reader.text("TMS_TOKEN_PUBLIC_KEYS").value_or("");
  settings.token_key_parameter = reader.text("TMS_TOKEN_KEY_PARAMETER").value_or("");
  settings.password_key_parameter = reader.text("TMS_PASSWORD_KEY_PARAMETER").value_or("");
  settings.code_key_parameter = reader.text("TMS_CODE_KEY_PARAMETER").value_or("");
  settings.send_mail_function = reader.text("TMS_SEND_MAIL_FUNCTION").value_or("");
  settings.mail_from = reader.text("TMS_MAIL_FROM").value_or("");
  settings.configuration_set = reader.text("TMS_SES_CONFIGURATION_SET").value_or("");
  read_public_url(reader, settings);
  reader.number("TMS_BCRYPT_COST", settings.bcrypt_cost, 4, 16);
  hosts::read_sessions(reader, settings.sessions);
  hosts::read_throttles(reader, settings.throttles);
  if (reader.errors().empty()) return settings;
  core::Error error;
  error.code = core::ErrorCode::validation_failed;
  for (const std::string& line : reader.errors()) {
    error.log.value += (error.log.value.empty() ? "" : "; ") + line;
  }
  return error;
}

}  // namespace tms::lambda
