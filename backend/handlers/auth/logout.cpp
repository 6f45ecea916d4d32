#include "backend/handlers/auth/logout.h"

#include "backend/auth/sessions.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

http::Response unavailable(const db::Unavailable& cause, std::string_view request_id) {
  core::Error error;
  switch (cause.reason()) {
    case db::Unavailable::Reason::unreachable:
      error.code = core::ErrorCode::database_unavailable;
      break;
    case db::Unavailable::Reason::waking:
      error.code = core::ErrorCode::database_waking;
      break;
    case db::Unavailable::Reason::overloaded:
      error.code = core::ErrorCode::overloaded;
      break;
  }
  error.detail.value = "This browser is signed out; the session could not be ended yet.";
  error.retry_after = cause.retry_after();
  return http::problem_response(error, request_id);
}

}  // namespace

http::Response Logout::handle(const http::Request& request) const {
  if (const auto error = http::refuse_query(request)) {
    return http::problem_response(*error, request.request_id);
  }
  http::Response response = http::Response::no_content();
  const auto sessions = sessions_of(request);
  if (!sessions.empty()) {
    try {
      database_.write(
          [&](db::Transaction& transaction) {
            for (const std::string& session : sessions)
              auth::end_session(transaction, session);
          },
          request.deadline);
    } catch (const db::Unavailable& cause) {
      response = unavailable(cause, request.request_id);
    }
  }
  response.set_cookies.push_back(cookie_.clear());
  return response;
}

void Logout::complete_failure(http::Response& response) const {
  response.set_cookies.push_back(cookie_.clear());
}

std::vector<std::string> Logout::sessions_of(const http::Request& request) const {
  std::vector<std::string> sessions;
  for (const std::string_view token : request.cookies(cookie_.name())) {
    if (auto identity = verifier_.verify_even_if_expired(token, clock_.now())) {
      sessions.push_back(std::move(identity->session_id));
    }
  }
  return sessions;
}

}  // namespace tms::handlers
