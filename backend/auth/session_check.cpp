#include "backend/auth/session_check.h"

#include <stdexcept>
#include <string>

namespace tms::auth {
namespace {

constexpr db::Statement kTouchSession{"touch_session", R"sql(
update sessions
set last_seen = $2
where session_id = $1
  and last_seen < $2)sql"};

}  // namespace

SessionParameters SessionCheck::parameters(const http::Request& request) const {
  if (!request.identity) throw std::logic_error("a session route was called without an identity");
  const core::Timestamp now = clock_.now();
  return {request.identity->session_id, now, now - limits_.idle};
}

bool SessionCheck::is_fresh(const SessionParameters& session, core::Timestamp last_seen) const {
  return last_seen > session.idle_cutoff && session.now - last_seen < limits_.touch_interval;
}

void SessionCheck::touch(db::Database& database,
                         const SessionParameters& session,
                         core::Timestamp last_seen) const {
  if (session.now - last_seen < limits_.touch_interval) return;
  database.write_later(
      [id = std::string(session.session_id), now = session.now](db::Transaction& transaction) {
        transaction.execute(kTouchSession, id, now);
      });
}

core::Error not_signed_in() {
  core::Error error;
  error.code = core::ErrorCode::not_signed_in;
  error.detail.value = "Log in to go on.";
  return error;
}

}  // namespace tms::auth
