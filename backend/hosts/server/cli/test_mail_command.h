#pragma once

#include <iosfwd>
#include <string>

#include "backend/core/clock.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// `tms test-mail ADDRESS`: sends one mail at once, past the outbox, and says whether the server took
/// it: exit code 0 only then.
int run_test_mail_command(const std::string& address,
                          const Settings& settings,
                          const core::Clock& clock,
                          std::ostream& out,
                          std::ostream& err);

}  // namespace tms::hosts
