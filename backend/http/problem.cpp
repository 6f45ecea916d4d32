#include "backend/http/problem.h"

#include <algorithm>
#include <chrono>
#include <string>

#include "backend/http/json_writer.h"

namespace tms::http {

using core::ErrorCode;

ProblemKind problem_kind(ErrorCode code) {
  switch (code) {
    case ErrorCode::malformed_request:
      return {400, "malformed_request", "The request cannot be read"};
    case ErrorCode::invalid_cursor:
      return {400, "invalid_cursor", "The cursor does not belong to this list"};
    case ErrorCode::invalid_since:
      return {400, "invalid_since", "The mark 'since' cannot be read"};
    case ErrorCode::unsupported_media_type:
      return {415, "unsupported_media_type", "The body must be application/json"};
    case ErrorCode::too_large:
      return {413, "too_large", "The body is too large"};
    case ErrorCode::headers_too_large:
      return {431, "headers_too_large", "The headers are too large"};
    case ErrorCode::validation_failed:
      return {422, "validation_failed", "Some fields are wrong"};
    case ErrorCode::not_signed_in:
      return {401, "not_signed_in", "Not signed in"};
    case ErrorCode::invalid_credentials:
      return {401, "invalid_credentials", "The name or the password is wrong"};
    case ErrorCode::cross_origin:
      return {403, "cross_origin", "Requests from other sites are refused"};
    case ErrorCode::read_only:
      return {403, "read_only", "This list is read-only for you"};
    case ErrorCode::not_found:
      return {404, "not_found", "Not found"};
    case ErrorCode::method_not_allowed:
      return {405, "method_not_allowed", "Method not allowed"};
    case ErrorCode::username_taken:
      return {409, "username_taken", "This user name is taken"};
    case ErrorCode::email_taken:
      return {409, "email_taken", "This address already has an account"};
    case ErrorCode::task_id_taken:
      return {409, "task_id_taken", "This task id is taken"};
    case ErrorCode::version_conflict:
      return {412, "version_conflict", "The task has changed meanwhile"};
    case ErrorCode::code_wrong:
      return {422, "code_wrong", "The code is wrong"};
    case ErrorCode::code_expired:
      return {410, "code_expired", "The code has expired or was used"};
    case ErrorCode::code_locked:
      return {429, "code_locked", "Too many wrong codes"};
    case ErrorCode::too_many_requests:
      return {429, "too_many_requests", "Too many requests"};
    case ErrorCode::wrong_password:
      return {422, "wrong_password", "The current password is wrong"};
    case ErrorCode::database_unavailable:
      return {503, "database_unavailable", "The database cannot be reached"};
    case ErrorCode::database_waking:
      return {503, "database_waking", "The database is waking up"};
    case ErrorCode::overloaded:
      return {503, "overloaded", "The server is busy"};
    case ErrorCode::internal:
      break;
  }
  return {500, "internal", "Something went wrong on the server"};
}

Response problem_response(const core::Error& error, std::string_view request_id) {
  const ProblemKind kind = problem_kind(error.code);
  JsonWriter json;
  json.begin_object();
  json.member("type", "about:blank");
  json.member("title", kind.title);
  json.member("status", kind.status);
  json.member("detail",
              error.detail.value.empty() ? kind.title : std::string_view(error.detail.value));
  json.member("code", kind.code);
  json.member("request_id", request_id);
  if (!error.fields.empty()) {
    json.key("errors");
    json.begin_array();
    for (const core::FieldError& field : error.fields) {
      json.begin_object();
      json.member("field", field.field);
      json.member("code", field.code);
      json.member("message", field.message);
      json.end_object();
    }
    json.end_array();
  }
  for (const auto& [name, value] : error.extensions) {
    json.key(name);
    json.raw(value);
  }
  json.end_object();

  Response response;
  response.status = kind.status;
  response.headers.emplace_back("Content-Type", "application/problem+json; charset=utf-8");
  if (error.retry_after) {
    const auto seconds = std::max(error.retry_after->count(), std::chrono::seconds::rep{1});
    response.headers.emplace_back("Retry-After", std::to_string(seconds));
  }
  response.body = std::move(json).take();
  return response;
}

}  // namespace tms::http
