#pragma once

#include <memory>

#include "backend/core/clock.h"
#include "backend/core/result.h"
#include "backend/email/transport.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// The transport that TMS_MAIL_URL and TMS_MAIL_FROM ask for. The error's log text names the setting
/// that is wrong, never its value.
core::Result<std::unique_ptr<email::Transport>> make_mail_transport(const Settings& settings,
                                                                    const core::Clock& clock);

}  // namespace tms::hosts
