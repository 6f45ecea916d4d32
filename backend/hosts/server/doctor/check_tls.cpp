#include <sys/stat.h>

#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/tls_keys.h"

namespace tms::hosts {
namespace {

using State = Finding::State;
using std::chrono::hours;

// Renewal by ACME begins 30 days before the end; two weeks later it has failed.
constexpr hours kSoon{14 * 24};

}  // namespace

void check_tls(const Settings& settings, const core::Clock& clock, Findings& findings) {
  if (!settings.has_tls()) return;
  const auto add = [&](State state, const std::string& text) {
    findings.push_back({state, "certificate", text});
  };
  struct stat status {};
  if (::stat(settings.tls_key.c_str(), &status) == 0 &&
      (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    add(State::bad, "other users may read " + settings.tls_key.string() + ": chmod 600");
  }
  if (const auto usable = TlsKeys(settings.tls_certificate, settings.tls_key).reload(); !usable)
    return add(State::bad, usable.error().log.value);
  const auto end = certificate_end(settings.tls_certificate);
  if (!end) return add(State::bad, end.error().log.value);
  const auto left = *end - clock.now();
  const std::string text = "ends at " + core::format_timestamp(*end);
  if (left <= hours(0)) return add(State::bad, "has ended: " + text);
  add(left < kSoon ? State::warning : State::good, text);
}

}  // namespace tms::hosts
