#include "backend/handlers/account/me.h"

#include "backend/handlers/account/session_user.h"
#include "backend/handlers/account/user_answer.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {

http::Response Me::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request)) {
    return http::problem_response(*error, request.request_id);
  }
  const auto session = sessions_.parameters(request);
  std::optional<SessionUser> found;
  database_.read_one(
      [&](db::Transaction& transaction) { found = find_session_user(transaction, session); },
      request.deadline);
  if (!found) return http::problem_response(auth::not_signed_in(), request.request_id);
  sessions_.touch(database_, session, found->last_seen);
  return user_answer(found->user);
}

}  // namespace tms::handlers
