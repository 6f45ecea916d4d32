#pragma once

#include <string>

#include "backend/core/result.h"
#include "backend/email/mail_queue.h"
#include "backend/http/json_value.h"

namespace tms::email {

/// The event that the function send_mail gets on AWS: a mail job as JSON, never a code.
std::string encode_mail_event(const MailJob& job);

/// Reads what encode_mail_event wrote; anything else is malformed_request.
core::Result<MailJob> decode_mail_event(const http::JsonValue& event);

}  // namespace tms::email
