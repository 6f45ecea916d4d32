#pragma once

#include <string>

#include "backend/aws/service_client.h"
#include "backend/email/mime.h"
#include "backend/email/transport.h"

namespace tms::email {

/// Sends through Amazon SES, API v2 SendEmail.
class SesTransport final : public Transport {
 public:
  struct Settings {
    Sender sender;
    /// Empty: none.
    std::string configuration_set;
  };

  SesTransport(aws::ServiceClient& service, Settings settings)
      : service_(service), settings_(std::move(settings)) {}

  /// Errors that SES documents as final for this mail (rejected content or address, unverified
  /// domain, paused or suspended account, quota of the account) are permanent; throttling, 5xx and
  /// failures of the connection are temporary. `detail` names SES's message id or its error.
  SendResult send(const Message& message) override;

 private:
  [[nodiscard]] std::string request_body(const Message& message) const;

  aws::ServiceClient& service_;
  Settings settings_;
};

}  // namespace tms::email
