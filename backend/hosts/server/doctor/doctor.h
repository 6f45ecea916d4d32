#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/core/clock.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// What one check of `tms doctor` found; one line on the console. Holds no secret.
struct Finding {
  enum class State { good, warning, bad };
  State state = State::good;
  /// What was looked at: "database".
  std::string what;
  std::string text;
};

using Findings = std::vector<Finding>;

struct DoctorOptions {
  /// Read the whole database, not only the form of its pages.
  bool deep = false;
  /// Below, the disk counts as full.
  std::uint64_t least_free_bytes = std::uint64_t{64} * 1024 * 1024;
};

/// Looks at everything that the server needs, beside a running server or before its first start.
/// Changes nothing, sends nothing. Never throws for what it finds.
Findings examine(const Settings& settings, const core::Clock& clock, const DoctorOptions& options);

// The parts of it, in the order of the report.
void check_data_folder(const Settings& settings, const DoctorOptions& options, Findings& findings);
void check_page(const Settings& settings, Findings& findings);
void check_database(const Settings& settings,
                    const core::Clock& clock,
                    const DoctorOptions& options,
                    Findings& findings);
void check_tls(const Settings& settings, const core::Clock& clock, Findings& findings);
void check_mail(const Settings& settings, const core::Clock& clock, Findings& findings);
void check_libraries(const Settings& settings, Findings& findings);

}  // namespace tms::hosts
