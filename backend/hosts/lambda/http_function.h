#pragma once

#include <functional>
#include <stdexcept>
#include <string>

#include "backend/hosts/app/audit_log.h"
#include "backend/hosts/app/dispatcher.h"
#include "backend/hosts/lambda/runtime_client.h"

namespace tms::lambda {

/// The event is none that this function understands. Not the client's fault: somebody wired the
/// function wrongly.
class UnknownEvent : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// One action of the route table as a Lambda function behind a REST API.
class HttpFunction {
 public:
  /// `action` is a row of the route table; the dispatcher knows its handler. `take_mail_failure`
  /// says what went wrong with handing over mails of this call, or nothing.
  HttpFunction(std::string action,
               const hosts::Dispatcher& dispatcher,
               const hosts::AuditLog& audit,
               const core::Clock& clock,
               std::function<std::string()> take_mail_failure);

  /// The reply to one event as JSON text; throws UnknownEvent. A request for another action's path is
  /// answered with 404.
  std::string reply_to(const Invocation& invocation) const;

 private:
  [[nodiscard]] http::Response answer(http::Request& request) const;
  [[nodiscard]] core::Deadline deadline_of(const Invocation& invocation) const;

  std::string action_;
  const hosts::Dispatcher& dispatcher_;
  const hosts::AuditLog& audit_;
  const core::Clock& clock_;
  std::function<std::string()> take_mail_failure_;
};

}  // namespace tms::lambda
