#include "backend/handlers/account/list_sessions.h"

#include "backend/core/static_text.h"
#include "backend/http/json_writer.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

// The session that asks is among them, so no row means that it has ended.
constexpr std::string_view kSessionsOfUser = R"sql(
select s.session_id, s.created_at, s.last_seen, s.expires_at, s.user_agent, s.address
from session
join sessions s on s.user_id = session.user_id
where s.expires_at > $2
  and s.last_seen > $3
order by s.created_at desc, s.session_id)sql";

constexpr db::Statement kListSessions{"list_sessions",
                                      core::join<auth::kSessionCte, kSessionsOfUser>};

void write_session(http::JsonWriter& json, const db::Row& row, bool is_current) {
  json.begin_object();
  json.member("session_id", row.text(0));
  json.member("current", is_current);
  json.member("created_at", row.timestamp(1));
  json.member("last_seen", row.timestamp(2));
  json.member("user_agent", row.text(4));
  json.member("address", row.text(5));
  json.member("expires_at", row.timestamp(3));
  json.end_object();
}

}  // namespace

http::Response ListSessions::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request)) {
    return http::problem_response(*error, request.request_id);
  }
  const auto session = sessions_.parameters(request);
  std::size_t rows = 0;
  core::Timestamp last_seen;
  std::string body;
  database_.read_one(
      [&](db::Transaction& transaction) {
        http::JsonWriter json;
        json.begin_object();
        json.key("sessions");
        json.begin_array();
        rows = transaction.query(
            kListSessions,
            [&](const db::Row& row) {
              const bool is_current = row.text(0) == session.session_id;
              if (is_current) last_seen = row.timestamp(2);
              write_session(json, row, is_current);
            },
            session.session_id, session.now, session.idle_cutoff);
        json.end_array();
        json.end_object();
        body = std::move(json).take();
      },
      request.deadline);
  if (rows == 0) return http::problem_response(auth::not_signed_in(), request.request_id);
  sessions_.touch(database_, session, last_seen);
  return http::Response::json(200, std::move(body));
}

}  // namespace tms::handlers
