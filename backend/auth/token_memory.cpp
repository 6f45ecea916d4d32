#include "backend/auth/token_memory.h"

#include <memory>
#include <string>
#include <utility>

#include "backend/core/sha256.h"

namespace tms::auth {

std::optional<http::Identity> TokenMemory::verify(std::string_view token, core::Timestamp now) {
  const core::Digest digest = core::sha256(token);
  const std::string_view name(reinterpret_cast<const char*>(digest.data()), digest.size());
  auto claims = known_.find(name);
  if (!claims) {
    auto read = verifier_.read(token);
    if (!read) return std::nullopt;
    claims = std::make_shared<const TokenClaims>(*std::move(read));
    known_.put(std::string(name), claims,
               sizeof(TokenClaims) + claims->identity.session_id.capacity());
  }
  if (!claims->are_valid_at(now)) return std::nullopt;
  return claims->identity;
}

}  // namespace tms::auth
