#include "backend/auth/token_key.h"

#include <openssl/crypto.h>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"

namespace tms::auth {

bool HmacTokenKey::verify(std::string_view signed_text,
                          std::span<const std::uint8_t> signature) const {
  const core::Digest expected = core::hmac_sha256(key_.bytes, core::as_bytes(signed_text));
  return signature.size() == expected.size() &&
         CRYPTO_memcmp(signature.data(), expected.data(), expected.size()) == 0;
}

std::vector<std::uint8_t> HmacTokenKey::sign(std::string_view text) const {
  const core::Digest digest = core::hmac_sha256(key_.bytes, core::as_bytes(text));
  return {digest.begin(), digest.end()};
}

}  // namespace tms::auth
