#pragma once

#include <chrono>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/error.h"
#include "backend/db/database.h"
#include "backend/http/request.h"

namespace tms::auth {

/// How long a session lives (ASVS 7.1.1, 7.3.1, 7.3.2).
struct SessionLimits {
  std::chrono::seconds idle = std::chrono::hours(24 * 14);
  std::chrono::seconds absolute = std::chrono::hours(24 * 90);
  /// `last_seen` is written at most this often.
  std::chrono::seconds touch_interval = std::chrono::hours(1);
};

/// The head of every statement that acts for a signed-in user: `session` is one row
/// (session_id, user_id, last_seen) while the session lives and its user is not locked, else none.
/// Parameters: $1 session id, $2 now, $3 the oldest `last_seen` that still counts. The data is
/// left-joined to it, so that no row means 401 and one row of NULLs "signed in, nothing there".
inline constexpr std::string_view kSessionCte = R"sql(with session as (
  select s.session_id, s.user_id, s.last_seen
  from sessions s
  join users u on u.user_id = s.user_id
  where s.session_id = $1
    and s.expires_at > $2
    and s.last_seen > $3
    and u.locked_at is null
)
)sql";

/// The three parameters of kSessionCte for one request.
struct SessionParameters {
  std::string_view session_id;
  core::Timestamp now;
  core::Timestamp idle_cutoff;
};

/// Makes session parameters and keeps `last_seen` fresh. Safe on many threads.
class SessionCheck {
 public:
  SessionCheck(const core::Clock& clock, SessionLimits limits) : clock_(clock), limits_(limits) {}

  /// `request.identity` must be there: the dispatcher sees to it for Access::session.
  [[nodiscard]] SessionParameters parameters(const http::Request& request) const;

  /// Whether a session last seen then is still within its idle time, and need not be noted again.
  [[nodiscard]] bool is_fresh(const SessionParameters& session, core::Timestamp last_seen) const;

  /// Notes, at most once per touch_interval and without anybody waiting, that the session was used.
  void touch(db::Database& database,
             const SessionParameters& session,
             core::Timestamp last_seen) const;

  [[nodiscard]] const SessionLimits& limits() const { return limits_; }

 private:
  const core::Clock& clock_;
  SessionLimits limits_;
};

/// 401 not_signed_in: no live session row stands behind the token.
core::Error not_signed_in();

}  // namespace tms::auth
