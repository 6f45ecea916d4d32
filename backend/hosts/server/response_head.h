#pragma once

#include <ctime>
#include <string>

#include "backend/hosts/server/answer.h"

namespace tms::hosts {

enum class AfterAnswer { keep_alive, close };

/// Status line and header fields of an answer, up to and with the empty line. Content-Length is the
/// body's, also for HEAD; 204 and 304 have none (RFC 9110 section 8.6). Throws std::logic_error for
/// a header value with a line end or another control character: no text of a user becomes a header
/// of its own (security checklist, row 58).
std::string encode_response_head(const Answer& answer, AfterAnswer after, std::time_t now);

}  // namespace tms::hosts
