#include "backend/core/random.h"

#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "backend/core/encoding.h"

namespace tms::core {

void SystemRandom::fill(std::span<std::uint8_t> bytes) {
  if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1) {
    throw std::runtime_error("the random number generator failed");
  }
}

std::string random_id(Random& random) {
  std::array<std::uint8_t, 16> bytes{};
  random.fill(bytes);
  return base64url_encode(bytes);
}

}  // namespace tms::core
