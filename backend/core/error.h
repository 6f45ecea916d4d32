#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace tms::core {

/// What went wrong, in words of the application; `http/problem` turns each into status and code.
/// The names are the `code` of the HTTP contract (openapi.yaml, schema Problem).
enum class ErrorCode {
  malformed_request,
  invalid_cursor,
  invalid_since,
  unsupported_media_type,
  too_large,
  headers_too_large,
  validation_failed,
  not_signed_in,
  invalid_credentials,
  cross_origin,
  read_only,
  not_found,
  method_not_allowed,
  username_taken,
  email_taken,
  task_id_taken,
  version_conflict,
  code_wrong,
  code_expired,
  code_locked,
  too_many_requests,
  wrong_password,
  database_unavailable,
  database_waking,
  overloaded,
  internal,
};

/// A text that a client may read. Its own type, so that a log text cannot slip into an answer.
struct ClientText {
  std::string value;
};

/// A text for the log alone.
struct LogText {
  std::string value;
};

/// One wrong field of a body or query. `code` is one of: required, type, unknown, too_short,
/// too_long, invalid, common_password, same_as_account, out_of_range.
struct FieldError {
  std::string field;
  std::string code;
  std::string message;
};

/// An expected failure, returned as a value and never thrown.
struct Error {
  ErrorCode code = ErrorCode::internal;
  ClientText detail;
  LogText log;
  std::vector<FieldError> fields;
  std::optional<std::chrono::seconds> retry_after;
  /// Extra members of the problem document: name and ready JSON (`attempts_left`, `task`).
  std::vector<std::pair<std::string, std::string>> extensions;
};

}  // namespace tms::core
