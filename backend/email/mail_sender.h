#pragma once

#include <functional>
#include <string>

#include "backend/email/outbox.h"
#include "backend/email/transport.h"

namespace tms::email {

/// Sends what is due in the outbox, one mail after the other, with retries and back-off.
///
/// A mail is sent at least once; a second copy is possible only when the process dies, or the
/// database cannot be reached, between the mail server's answer and the note of it.
class MailSender {
 public:
  /// The code of a flow, computed when the mail is written and stored nowhere.
  using CodeOf = std::function<std::string(const MailJob&)>;
  /// One line for the log: no code, the address masked.
  using Log = std::function<void(const std::string&)>;

  struct Dependencies {
    db::Database& database;
    const core::Clock& clock;
    Outbox& outbox;
    Transport& transport;
    CodeOf code_of;
    Log log;
    std::string public_url;
    int code_minutes = 10;
  };

  explicit MailSender(Dependencies dependencies) : my_(std::move(dependencies)) {}

  /// Handles one due mail; false when none is due. Throws what the database throws.
  bool send_next();

  /// The wait before try number `attempts` + 1: 5 s, doubling, at most 5 minutes.
  static std::chrono::seconds back_off(std::int64_t attempts);

 private:
  Message write(const DueMail& mail) const;
  void settle(const DueMail& mail, const SendResult& result);

  Dependencies my_;
};

/// "a***@example.org": enough to find a mail in the log, too little to collect addresses.
std::string mask_address(std::string_view address);

}  // namespace tms::email
