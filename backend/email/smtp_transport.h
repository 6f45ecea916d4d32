#pragma once

#include <string>

#include "backend/email/mail_url.h"
#include "backend/email/mime.h"
#include "backend/email/transport.h"

namespace tms::email {

/// Sends through an SMTP server with libcurl: TLS from the start (smtps) or by STARTTLS (smtp), with
/// the certificate and its name checked. One connection per mail.
class SmtpTransport final : public Transport {
 public:
  SmtpTransport(MailUrl url, Sender sender);

  /// 5xx for sender, recipient or content is permanent; everything else (4xx, no connection, a wrong
  /// certificate or login) is temporary, because the operator can mend it and the mail still leaves.
  SendResult send(const Message& message) override;

  /// Connects, checks the certificate, logs in and sends nothing: `sent` when all of that worked.
  [[nodiscard]] SendResult probe() const;

 private:
  MailUrl url_;
  Sender sender_;
};

}  // namespace tms::email
