#include <curl/curl.h>
#include <openssl/crypto.h>

#include <boost/version.hpp>

#include "backend/db/library_versions.h"
#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/version.h"

namespace tms::hosts {
namespace {

using State = Finding::State;

constexpr int kBoostMajor = BOOST_VERSION / 100'000;
constexpr int kBoostMinor = BOOST_VERSION / 100 % 1000;

}  // namespace

void check_libraries(const Settings& settings, Findings& findings) {
  const auto database = db::library_versions();
  findings.push_back({State::good, "versions",
                      "tms " + std::string(version()) + ", Boost " + std::to_string(kBoostMajor) +
                          "." + std::to_string(kBoostMinor) + ", " +
                          OpenSSL_version(OPENSSL_VERSION) + ", libpq " + database.libpq + ", " +
                          curl_version()});
  if (database.sqlite_differs_from_headers) {
    findings.push_back({State::warning, "SQLite",
                        database.sqlite + ": the program was compiled with another one"});
  } else {
    findings.push_back({State::good, "SQLite", database.sqlite});
  }
  if (!settings.uses_postgres() && database.has_wal_reset_bug) {
    findings.push_back({State::warning, "SQLite",
                        "can corrupt a file that two programs write at once: let no other program "
                        "but this one write the database"});
  }
}

}  // namespace tms::hosts
