#include "backend/hosts/lambda/function_database.h"

#include <stdexcept>

#include "backend/aws/sigv4.h"
#include "backend/db/postgres/postgres_database.h"

namespace tms::lambda {
namespace {

// Nobody should stare at a blank page for longer; the page shows "waking up" and asks again.
constexpr std::chrono::seconds kWakeWindow{8};

std::string aurora_url(const FunctionSettings& settings, const std::string& user) {
  return "postgresql://" + aws::uri_encode(user) + "@" + settings.database_host + ":" +
         std::to_string(settings.database_port) + "/" + aws::uri_encode(settings.database_name) +
         "?sslmode=verify-full&sslrootcert=" + aws::uri_encode(settings.database_ca_file);
}

}  // namespace

std::unique_ptr<db::ManagedDatabase> make_function_database(const FunctionContext& context,
                                                            const std::string& user) {
  const FunctionSettings& settings = context.settings;
  if (settings.database_url.empty() && settings.database_host.empty())
    throw std::runtime_error("TMS_DATABASE_HOST is missing");
  const std::string role = user.empty() ? settings.database_user : user;
  db::PostgresOptions options;
  if (!settings.database_url.empty()) {
    options.url = settings.database_url;
  } else {
    options.url = aurora_url(settings, role);
    options.password = [&settings, role, credentials = context.credentials,
                        &clock = context.clock] {
      return aws::rds_login_token(settings.database_host, settings.database_port, role,
                                  settings.region, credentials(), clock.now());
    };
  }
  options.connections = 1;
  options.background_writes = false;
  options.wake_window = kWakeWindow;
  return std::make_unique<db::PostgresDatabase>(options);
}

}  // namespace tms::lambda
