#include "backend/hosts/server/doctor/doctor.h"

namespace tms::hosts {

Findings examine(const Settings& settings, const core::Clock& clock, const DoctorOptions& options) {
  Findings findings;
  findings.push_back({Finding::State::good, "settings", "all of them can be used"});
  for (const std::string& warning : settings.warnings)
    findings.push_back({Finding::State::warning, "settings", warning});
  check_data_folder(settings, options, findings);
  check_page(settings, findings);
  check_database(settings, clock, options, findings);
  check_tls(settings, clock, findings);
  check_mail(settings, clock, findings);
  check_libraries(settings, findings);
  return findings;
}

}  // namespace tms::hosts
