#include "backend/hosts/app/housekeeping.h"

#include <exception>

#include "backend/auth/housekeeping.h"
#include "backend/email/outbox.h"
#include "backend/handlers/tasks/purge_trash.h"

namespace tms::hosts {
namespace {

// Long enough to look into what was sent, short enough not to collect addresses.
constexpr std::chrono::hours kKeepEndedMails{24};

}  // namespace

void Housekeeping::clean(core::Deadline deadline) const {
  const core::Timestamp now = clock_.now();
  try {
    auth::purge_expired(database_, now, throttles_, sessions_, deadline);
    email::Outbox::purge(database_, now - kKeepEndedMails);
    handlers::purge_trash(database_, now, deadline);
  } catch (const std::exception& error) {
    log_.write(LogLevel::warn, "housekeeping failed", {{"reason", std::string_view(error.what())}});
  }
}

}  // namespace tms::hosts
