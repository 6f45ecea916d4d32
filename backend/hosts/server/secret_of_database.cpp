#include "backend/hosts/server/secret_of_database.h"

#include "backend/auth/installation.h"

namespace tms::hosts {
namespace {

constexpr std::chrono::seconds kTime{30};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + kTime;
}

}  // namespace

auth::SecretSource secret_source(const Settings& settings) {
  auth::SecretSource source;
  if (!settings.secret.empty()) source.text = settings.secret;
  source.file = settings.secret_file;
  return source;
}

core::Result<auth::Secret> secret_of_database(const Settings& settings,
                                              db::Database& database,
                                              core::Random& random) {
  auth::SecretSource source = secret_source(settings);
  source.make_missing_file = !settings.secret_is_explicit &&
                             database.engine() == db::Engine::sqlite &&
                             !auth::has_secret_fingerprint(database, soon());
  auto secret = auth::load_secret(source, random);
  if (!secret) return secret;
  if (const auto checked = auth::check_secret(database, *secret, soon()); !checked)
    return checked.error();
  return secret;
}

}  // namespace tms::hosts
