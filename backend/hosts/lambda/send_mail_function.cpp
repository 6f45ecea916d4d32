#include "backend/hosts/lambda/send_mail_function.h"

#include "backend/email/mail_event.h"
#include "backend/email/mail_sender.h"
#include "backend/http/json_value.h"

namespace tms::lambda {

void SendMailFunction::handle(std::string_view event) const {
  const auto document = http::parse_json(event);
  const auto job = document ? email::decode_mail_event(*document)
                            : core::Result<email::MailJob>(document.error());
  if (!job) throw std::invalid_argument("the event is no mail");
  if (job->kind == email::MailKind::nothing || job->expires_at <= my_.clock.now()) return;

  const bool has_code =
      job->kind == email::MailKind::signup_code || job->kind == email::MailKind::reset_code;
  email::Message message = email::compose_message(
      *job, {has_code ? my_.code_of(*job) : "", my_.code_minutes, my_.public_url});
  message.date = my_.clock.now();

  const email::SendResult result = my_.transport.send(message);
  const std::string what = std::string(email::to_string(job->kind)) + " to " +
                           email::mask_address(job->recipient) + ": " + result.detail;
  if (result.outcome == email::SendResult::Outcome::temporary)
    throw TryMailAgain("mail delayed: " + what);
  my_.log((result.outcome == email::SendResult::Outcome::sent ? "mail sent: " : "mail refused: ") +
          what);
}

}  // namespace tms::lambda
