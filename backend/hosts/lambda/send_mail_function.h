#pragma once

#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "backend/email/mail_queue.h"
#include "backend/email/transport.h"

namespace tms::lambda {

/// The mail may leave later: Lambda runs an asynchronous call that failed twice more.
class TryMailAgain : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// The function send_mail: alone it may use SES, it has no route and no database. It drops what is
/// expired or for nobody, recomputes the code and sends.
class SendMailFunction {
 public:
  struct Dependencies {
    const core::Clock& clock;
    email::Transport& transport;
    std::function<std::string(const email::MailJob&)> code_of;
    std::function<void(const std::string&)> log;
    std::string public_url;
    int code_minutes = 10;
  };

  explicit SendMailFunction(Dependencies dependencies) : my_(std::move(dependencies)) {}

  /// Throws TryMailAgain when SES may take the mail later and std::invalid_argument for an event that
  /// is none of ours. A mail that SES refuses for good is logged and ends here.
  void handle(std::string_view event) const;

 private:
  Dependencies my_;
};

}  // namespace tms::lambda
