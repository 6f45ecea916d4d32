#pragma once

#include <string>
#include <string_view>

#include "backend/aws/credentials.h"
#include "backend/aws/http_client.h"

namespace tms::aws {

/// One AWS service called with JSON over signed HTTPS. For one thread.
class ServiceClient {
 public:
  struct Settings {
    Endpoint endpoint;
    /// Signing name: ses, ssm, lambda.
    std::string service;
    std::string region;
    /// PEM file of the public roots.
    std::string ca_file;
  };

  ServiceClient(Settings settings, CredentialsSource credentials, const core::Clock& clock);

  /// POST with a JSON body. `headers` have lower-case names and are signed. Throws HttpFailure.
  HttpResponse post(std::string_view path,
                    std::vector<std::pair<std::string, std::string>> headers,
                    std::string_view body,
                    core::Deadline deadline);

 private:
  Settings settings_;
  CredentialsSource credentials_;
  const core::Clock& clock_;
  HttpClient client_;
};

/// The error name of an AWS answer: header x-amzn-errortype, or `__type` or `code` of the body,
/// without namespace and tail. Empty when there is none.
std::string error_type(const HttpResponse& response);

}  // namespace tms::aws
