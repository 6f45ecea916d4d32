#pragma once

#include <optional>

#include "backend/auth/session_check.h"
#include "backend/auth/users.h"
#include "backend/db/database.h"

namespace tms::handlers {

/// The user of a live session, with the moment the session was last seen.
struct SessionUser {
  auth::User user;
  core::Timestamp last_seen;
};

/// One statement: the check of the session and its user. Nothing means 401.
std::optional<SessionUser> find_session_user(db::Transaction& transaction,
                                             const auth::SessionParameters& session);

}  // namespace tms::handlers
