#pragma once

#include <functional>
#include <string>

namespace tms::aws {

/// Temporary credentials of a Lambda role.
struct Credentials {
  std::string access_key_id;
  std::string secret_access_key;
  /// Empty for long-lived keys.
  std::string session_token;
};

/// Asked at each signing: Lambda replaces the variables when credentials rotate.
using CredentialsSource = std::function<Credentials()>;

}  // namespace tms::aws
