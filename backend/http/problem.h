#pragma once

#include <string_view>

#include "backend/core/error.h"
#include "backend/http/response.h"

namespace tms::http {

/// The HTTP status, title and `code` of an error code: the one translation from errors to HTTP.
struct ProblemKind {
  int status;
  std::string_view code;
  std::string_view title;
};

ProblemKind problem_kind(core::ErrorCode code);

/// An RFC 9457 problem document. Writes only the client's text, never the log's, and Retry-After
/// when the error has one (whole seconds, at least 1).
Response problem_response(const core::Error& error, std::string_view request_id);

}  // namespace tms::http
