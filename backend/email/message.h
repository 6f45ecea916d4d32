#pragma once

#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/email/mail_queue.h"

namespace tms::email {

/// One mail as a person reads it. All texts are ASCII with lines of at most 78 characters.
struct Message {
  /// Bare address, such as ada@example.org.
  std::string recipient;
  std::string subject;
  std::string text;
  std::string html;
  /// Unique per mail and the same for every try, so that receivers can drop a second copy.
  std::string message_id;
  core::Timestamp date;
};

/// What the texts need to know besides the job.
struct MessageContext {
  /// Eight digits; empty for kinds without a code.
  std::string code;
  /// How long the code works, in minutes, as told to the reader.
  int code_minutes = 10;
  /// The address of the page, such as https://tasks.example.org.
  std::string public_url;
};

/// Writes the mail of a job; `job.kind` must not be `nothing`. Says what it is for, how long the code
/// works and what to do when the reader did not ask for it. Leaves message_id and date empty.
Message compose_message(const MailJob& job, const MessageContext& context);

/// The mail of `tms test-mail`.
Message compose_test_message(const std::string& recipient, const std::string& public_url);

/// & < > " ' as entities, for text inside HTML.
std::string escape_html(std::string_view text);

}  // namespace tms::email
