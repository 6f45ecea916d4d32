#include "backend/handlers/account/end_all_sessions.h"

#include "backend/auth/sessions.h"
#include "backend/handlers/account/session_user.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {

http::Response EndAllSessions::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request)) {
    return http::problem_response(*error, request.request_id);
  }
  const auto session = sessions_.parameters(request);
  bool signed_in = false;
  database_.write(
      [&](db::Transaction& transaction) {
        const auto found = find_session_user(transaction, session);
        signed_in = found.has_value();
        if (signed_in) {
          auth::end_sessions_of(transaction, found->user.user_id);
        } else {
          transaction.roll_back();
        }
      },
      request.deadline);
  if (!signed_in) return http::problem_response(auth::not_signed_in(), request.request_id);
  http::Response response = http::Response::no_content();
  response.set_cookies.push_back(cookie_.clear());
  return response;
}

}  // namespace tms::handlers
