#include "backend/email/mail_sender.h"

#include <algorithm>
#include <stdexcept>

namespace tms::email {
namespace {

// Letters instead of digits, so that the code stays the only run of eight digits in a mail.
std::string in_letters(std::int64_t number) {
  const auto last_letter = [&] { return static_cast<char>('a' + number % 26); };
  std::string letters(1, last_letter());
  for (number /= 26; number > 0; number /= 26)
    letters.insert(letters.begin(), last_letter());
  return letters;
}

std::string dashed(std::string_view name) {
  std::string text(name);
  std::replace(text.begin(), text.end(), '_', '-');
  return text;
}

bool has_code(MailKind kind) {
  return kind == MailKind::signup_code || kind == MailKind::reset_code;
}

}  // namespace

std::string mask_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0) return "***";
  return std::string(address.substr(0, 1)) + "***" + std::string(address.substr(at));
}

std::chrono::seconds MailSender::back_off(std::int64_t attempts) {
  constexpr std::chrono::seconds kFirst{5};
  constexpr std::chrono::seconds kLongest{300};
  const auto doublings = std::clamp<std::int64_t>(attempts - 1, 0, 10);
  return std::min(kFirst * (std::int64_t{1} << doublings), kLongest);
}

bool MailSender::send_next() {
  const auto mail = my_.outbox.claim_due(my_.database);
  if (!mail) return false;
  if (mail->job.kind == MailKind::nothing || mail->outdated ||
      mail->job.expires_at <= my_.clock.now()) {
    my_.outbox.mark_expired(my_.database, mail->outbox_id);
    return true;
  }
  SendResult result;
  try {
    result = my_.transport.send(write(*mail));
  } catch (const std::invalid_argument& error) {
    result = {SendResult::Outcome::permanent, error.what()};
  }
  settle(*mail, result);
  return true;
}

Message MailSender::write(const DueMail& mail) const {
  const MessageContext context{has_code(mail.job.kind) ? my_.code_of(mail.job) : "",
                               my_.code_minutes, my_.public_url};
  Message message = compose_message(mail.job, context);
  message.message_id = dashed(to_string(mail.job.kind)) + "-" + in_letters(mail.outbox_id) + "-" +
                       in_letters(core::to_micros(mail.job.expires_at));
  message.date = my_.clock.now();
  return message;
}

void MailSender::settle(const DueMail& mail, const SendResult& result) {
  const std::string what =
      std::string(to_string(mail.job.kind)) + " to " + mask_address(mail.job.recipient);
  switch (result.outcome) {
    case SendResult::Outcome::sent:
      my_.outbox.mark_sent(my_.database, mail.outbox_id);
      my_.log("mail sent: " + what);
      return;
    case SendResult::Outcome::permanent:
      my_.outbox.mark_failed(my_.database, mail.outbox_id, result.detail);
      my_.log("mail refused: " + what + ": " + result.detail);
      return;
    case SendResult::Outcome::temporary:
      my_.outbox.retry_at(my_.database, mail.outbox_id, my_.clock.now() + back_off(mail.attempts),
                          result.detail);
      my_.log("mail delayed: " + what + ": " + result.detail);
  }
}

}  // namespace tms::email
