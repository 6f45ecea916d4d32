#pragma once

#include <memory>
#include <optional>

#include "backend/auth/secret.h"
#include "backend/auth/token_key.h"
#include "backend/hosts/lambda/function.h"

namespace tms::lambda {

/// The keys that this function may read; what it may not is not there.
struct FunctionKeys {
  std::optional<auth::Secret> password;
  std::optional<auth::Secret> code;
  std::shared_ptr<const auth::TokenSigningKey> token;
  std::vector<std::shared_ptr<const auth::TokenVerificationKey>> public_tokens;

  /// The texts of the password and code keys together: what the database knows the fingerprints of.
  std::string secret_lines;
};

/// One call of SSM for all of them, none when the function needs none. The private token key's
/// parameter is the PEM; its id is the first of TMS_TOKEN_PUBLIC_KEYS.
core::Result<FunctionKeys> read_function_keys(const FunctionContext& context);

}  // namespace tms::lambda
