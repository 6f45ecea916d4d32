#include "backend/handlers/account/session_user.h"

#include "backend/core/static_text.h"

namespace tms::handlers {
namespace {

constexpr std::string_view kUserOfSession = R"sql(
select u.user_id, u.username, u.email, u.password_hash, u.created_at, session.last_seen
from session
join users u on u.user_id = session.user_id)sql";

constexpr db::Statement kSessionUser{"session_user", core::join<auth::kSessionCte, kUserOfSession>};

}  // namespace

std::optional<SessionUser> find_session_user(db::Transaction& transaction,
                                             const auth::SessionParameters& session) {
  std::optional<SessionUser> found;
  transaction.query(
      kSessionUser,
      [&](const db::Row& row) {
        found = SessionUser{.user = {.user_id = row.integer(0),
                                     .username = std::string(row.text(1)),
                                     .email = std::string(row.text(2)),
                                     .password_hash = std::string(row.text(3)),
                                     .created_at = row.timestamp(4),
                                     .locked = false},
                            .last_seen = row.timestamp(5)};
      },
      session.session_id, session.now, session.idle_cutoff);
  return found;
}

}  // namespace tms::handlers
