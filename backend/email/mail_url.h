#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "backend/core/result.h"

namespace tms::email {

/// Where mail goes, read from TMS_MAIL_URL.
struct MailUrl {
  enum class Scheme { file, smtp, smtps, ses };
  Scheme scheme = Scheme::file;
  /// smtp(s): host and port. ses: the region.
  std::string host;
  std::uint16_t port = 0;
  /// smtp(s): percent-decoded; empty means no login.
  std::string username;
  std::string password;
  /// smtp: false only with `?starttls=off`, which is allowed for a loopback host alone.
  bool starttls = true;
  /// smtp(s): `?ca=/path.pem`, certificates to trust instead of the system's.
  std::string ca_file;
};

/// Reads `file:`, `smtp://[user:password@]host[:port][?starttls=off&ca=PATH]`, `smtps://…` and
/// `ses://region`. Ports default to 587 and 465. The error's detail says what is wrong and never
/// repeats the URL, which may hold a password.
core::Result<MailUrl> parse_mail_url(std::string_view text);

}  // namespace tms::email
