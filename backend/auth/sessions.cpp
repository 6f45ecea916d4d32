#include "backend/auth/sessions.h"

namespace tms::auth {
namespace {

constexpr db::Statement kInsertSession{"insert_session", R"sql(
insert into sessions (session_id, user_id, created_at, last_seen, expires_at, user_agent, address)
values ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr db::Statement kEndSession{"end_session", R"sql(
delete from sessions
where session_id = $1)sql"};

constexpr db::Statement kEndSessionsOf{"end_sessions_of", R"sql(
delete from sessions
where user_id = $1)sql"};

constexpr db::Statement kEndOtherSessionsOf{"end_other_sessions_of", R"sql(
delete from sessions
where user_id = $1
  and session_id <> $2)sql"};

}  // namespace

void insert_session(db::Transaction& transaction, const Session& session) {
  transaction.queue(kInsertSession, session.session_id, session.user_id, session.created_at,
                    session.last_seen, session.expires_at, session.user_agent, session.address);
}

void end_session(db::Transaction& transaction, std::string_view session_id) {
  transaction.queue(kEndSession, session_id);
}

void end_sessions_of(db::Transaction& transaction, std::int64_t user_id) {
  transaction.queue(kEndSessionsOf, user_id);
}

void end_other_sessions_of(db::Transaction& transaction,
                           std::int64_t user_id,
                           std::string_view but_this) {
  transaction.queue(kEndOtherSessionsOf, user_id, but_this);
}

}  // namespace tms::auth
