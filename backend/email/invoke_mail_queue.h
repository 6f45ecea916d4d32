#pragma once

#include <string>

#include "backend/aws/service_client.h"
#include "backend/email/mail_queue.h"

namespace tms::email {

/// Hands each mail, for known and unknown addresses alike, to the function send_mail by
/// asynchronous invocation after the commit. For one thread, as a Lambda environment is.
class InvokeMailQueue final : public MailQueue {
 public:
  /// `lambda` signs for the service `lambda`; `function` is the name, not the ARN, whose colons
  /// would be encoded twice in the signature.
  InvokeMailQueue(aws::ServiceClient& lambda, std::string function)
      : lambda_(lambda), function_(std::move(function)) {}

  void enqueue(db::Transaction& transaction, const MailJob& job) override;

  /// What went wrong since the last call, or empty. A request whose mail was not taken is answered
  /// with 503, whoever it was for.
  std::string take_failure();

 private:
  void invoke(const MailJob& job);

  aws::ServiceClient& lambda_;
  std::string function_;
  std::string failure_;
};

}  // namespace tms::email
