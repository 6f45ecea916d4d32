#pragma once

#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/hosts/app/limits.h"
#include "backend/hosts/app/setting_reader.h"

namespace tms::hosts {

/// The settings of the limits of the HTTP server; the names stand beside the limits.
void read_limits(SettingReader& reader, ServerLimits& limits);

/// TMS_SESSION_IDLE, TMS_SESSION_ABSOLUTE, TMS_SESSION_TOUCH_INTERVAL.
void read_sessions(SettingReader& reader, auth::SessionLimits& sessions);

/// TMS_THROTTLE_… and TMS_CODE_…: every number of the throttles.
void read_throttles(SettingReader& reader, auth::ThrottleSettings& throttles);

}  // namespace tms::hosts
