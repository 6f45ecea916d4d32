#include "backend/hosts/server/mail_transport.h"

#include "backend/email/file_transport.h"
#include "backend/email/mail_url.h"
#include "backend/email/ses_transport.h"
#include "backend/email/smtp_transport.h"

namespace tms::hosts {
namespace {

using TransportPointer = std::unique_ptr<email::Transport>;

core::Error wrong(std::string text) {
  core::Error error;
  error.code = core::ErrorCode::validation_failed;
  error.log.value = std::move(text);
  return error;
}

// SES with credentials from the settings; keeps the client that the transport uses.
class OwnedSesTransport final : public email::Transport {
 public:
  OwnedSesTransport(const std::string& region,
                    const Settings& settings,
                    email::Sender sender,
                    const core::Clock& clock)
      : service_(
            {{true, "email." + region + ".amazonaws.com", 443},
             "ses",
             region,
             settings.aws.ca_file},
            [credentials = settings.aws.credentials] { return credentials; },
            clock),
        transport_(service_, {std::move(sender), settings.aws.ses_configuration_set}) {}

  email::SendResult send(const email::Message& message) override {
    return transport_.send(message);
  }

 private:
  aws::ServiceClient service_;
  email::SesTransport transport_;
};

}  // namespace

core::Result<TransportPointer> make_mail_transport(const Settings& settings,
                                                   const core::Clock& clock) {
  const auto url = email::parse_mail_url(settings.mail_url);
  if (!url) return wrong("TMS_MAIL_URL: " + url.error().detail.value + ".");
  auto sender = email::Sender::parse(settings.mail_from);
  if (!sender)
    return wrong("TMS_MAIL_FROM must be an address such as \"Tasks <tasks@example.org>\".");
  switch (url->scheme) {
    case email::MailUrl::Scheme::file:
      return TransportPointer(
          std::make_unique<email::FileTransport>(settings.mail_folder(), *std::move(sender)));
    case email::MailUrl::Scheme::smtp:
    case email::MailUrl::Scheme::smtps:
      return TransportPointer(std::make_unique<email::SmtpTransport>(*url, *std::move(sender)));
    case email::MailUrl::Scheme::ses:
      break;
  }
  if (settings.aws.credentials.access_key_id.empty()) {
    return wrong(
        "TMS_MAIL_URL asks for SES: set TMS_AWS_ACCESS_KEY_ID and TMS_AWS_SECRET_ACCESS_KEY.");
  }
  return TransportPointer(
      std::make_unique<OwnedSesTransport>(url->host, settings, *std::move(sender), clock));
}

}  // namespace tms::hosts
