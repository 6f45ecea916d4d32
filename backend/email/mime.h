#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/email/message.h"

namespace tms::email {

/// Who mails come from: "Tasks <tasks@example.org>" or a bare address.
struct Sender {
  std::string name;
  std::string address;

  /// Nothing when the text has no address of the strict grammar or holds control characters.
  static std::optional<Sender> parse(std::string_view text);

  /// What stands after the @.
  [[nodiscard]] std::string_view domain() const;
};

/// The mail as RFC 5322 bytes: CRLF line ends, multipart/alternative with a plain and an HTML part.
/// Dots at line starts are not doubled: that is the SMTP client's work. Throws
/// std::invalid_argument when an address or a header holds CR, LF or NUL.
std::string render_mime(const Message& message, const Sender& sender);

/// The sender as a From header: the display name quoted or encoded where needed, then <address>.
std::string render_sender(const Sender& sender);

/// RFC 5322 date, such as "Thu, 12 Mar 2026 09:30:00 +0000".
std::string format_mail_date(core::Timestamp time);

/// ASCII stays as it is; anything else becomes RFC 2047 encoded words in UTF-8.
std::string encode_header_text(std::string_view text);

}  // namespace tms::email
