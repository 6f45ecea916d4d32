#include "backend/handlers/account/end_session.h"

#include "backend/handlers/account/session_user.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/text.h"

namespace tms::handlers {
namespace {

constexpr db::Statement kEndSessionOfUser{"end_session_of_user", R"sql(
delete from sessions
where session_id = $1
  and user_id = $2
  and expires_at > $3
  and last_seen > $4
returning session_id)sql"};

core::Error no_such_session() {
  core::Error error;
  error.code = core::ErrorCode::not_found;
  error.detail.value = "This device is not signed in.";
  return error;
}

}  // namespace

http::Response EndSession::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request)) {
    return http::problem_response(*error, request.request_id);
  }
  const auto session = sessions_.parameters(request);
  const std::string_view wanted = request.path_parameter("session_id");
  // PostgreSQL takes no NUL, and no id holds a control character.
  const bool possible = !validators::has_forbidden_control(wanted, validators::Controls::none);
  std::optional<core::Error> refused;
  core::Timestamp last_seen = session.now;
  database_.write(
      [&](db::Transaction& transaction) {
        refused.reset();
        const auto found = find_session_user(transaction, session);
        if (found) last_seen = found->last_seen;
        if (!found) {
          refused = auth::not_signed_in();
        } else if (!possible || transaction.execute(kEndSessionOfUser, wanted, found->user.user_id,
                                                    session.now, session.idle_cutoff) == 0) {
          refused = no_such_session();
        }
        if (refused) transaction.roll_back();
      },
      request.deadline);
  if (refused) return http::problem_response(*refused, request.request_id);
  sessions_.touch(database_, session, last_seen);
  http::Response response = http::Response::no_content();
  if (wanted == session.session_id) response.set_cookies.push_back(cookie_.clear());
  return response;
}

}  // namespace tms::handlers
