#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "backend/auth/token.h"
#include "backend/core/lru_cache.h"

namespace tms::auth {

/// A verifier that remembers which tokens had a good signature: a person's page sends the same one
/// with each request, and reading and checking it costs more than the rest of a small answer. What
/// changes with time is looked at each time. Tokens are known by their SHA-256, so that no comparison
/// with a secret ends early, and refused ones are not remembered, so that nobody can fill the memory
/// with inventions. Safe on many threads.
class TokenMemory {
 public:
  /// Some 12,000 tokens.
  static constexpr std::size_t kBytes = 4 << 20;

  /// `verifier` must outlive it.
  explicit TokenMemory(const TokenVerifier& verifier, std::size_t most_bytes = kBytes)
      : verifier_(verifier), known_(most_bytes) {}

  /// As TokenVerifier::verify.
  [[nodiscard]] std::optional<http::Identity> verify(std::string_view token, core::Timestamp now);

 private:
  const TokenVerifier& verifier_;
  core::LruCache<TokenClaims> known_;
};

}  // namespace tms::auth
