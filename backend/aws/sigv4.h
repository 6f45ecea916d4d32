#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/aws/credentials.h"
#include "backend/core/clock.h"

namespace tms::aws {

/// What AWS Signature Version 4 signs.
struct SigningRequest {
  std::string_view method;
  std::string_view host;
  /// Already encoded; the services used here have plain paths.
  std::string_view path;
  /// Extra headers that take part in the signature, lower-case names.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view body;
  /// Signing name: ses, ssm, lambda.
  std::string_view service;
  std::string_view region;
};

/// The headers to add to the request: x-amz-date, x-amz-security-token (when there is one) and
/// authorization.
std::vector<std::pair<std::string, std::string>> sign_headers(const SigningRequest& request,
                                                              const Credentials& credentials,
                                                              core::Timestamp now);

/// An IAM login token for RDS: a presigned URL without its scheme, used as the password. Valid for
/// 15 minutes at connect.
std::string rds_login_token(std::string_view host,
                            int port,
                            std::string_view user,
                            std::string_view region,
                            const Credentials& credentials,
                            core::Timestamp now);

/// Percent-encodes everything but A-Z a-z 0-9 - . _ ~ (RFC 3986, as SigV4 wants).
std::string uri_encode(std::string_view text);

}  // namespace tms::aws
