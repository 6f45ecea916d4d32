#include "backend/core/hmac.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <stdexcept>

namespace tms::core {

Digest hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message) {
  Digest digest{};
  unsigned int length = 0;
  const auto* made = HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), message.data(),
                          message.size(), digest.data(), &length);
  if (made == nullptr || length != digest.size()) throw std::runtime_error("HMAC-SHA-256 failed");
  return digest;
}

}  // namespace tms::core
