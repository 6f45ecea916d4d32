#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::auth {

/// A row of sessions: one signed-in device.
struct Session {
  std::string session_id;
  std::int64_t user_id = 0;
  core::Timestamp created_at;
  core::Timestamp last_seen;
  core::Timestamp expires_at;
  std::string user_agent;
  std::string address;
};

// Ending a session is deleting its row: the token is worth nothing from then on.

void insert_session(db::Transaction& transaction, const Session& session);

/// Whoever it belongs to; no error when there is none.
void end_session(db::Transaction& transaction, std::string_view session_id);

/// "Sign out everywhere", and when the password is reset.
void end_sessions_of(db::Transaction& transaction, std::int64_t user_id);

/// When the password is changed by one who is signed in.
void end_other_sessions_of(db::Transaction& transaction,
                           std::int64_t user_id,
                           std::string_view but_this);

}  // namespace tms::auth
