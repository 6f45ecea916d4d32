#include "backend/auth/one_time_codes.h"

#include <openssl/crypto.h>

#include <array>
#include <stdexcept>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"

namespace tms::auth {
namespace {

constexpr std::uint32_t kCodes = 100'000'000;
constexpr std::size_t kDigits = 8;
/// 128 of the 256 bits: the remainder's bias is below 2^-101.
constexpr std::size_t kBytesUsed = 16;

std::string compute(const Key& key,
                    CodePurpose purpose,
                    std::string_view flow,
                    std::int64_t generation) {
  // A zero byte between the parts keeps ("a", "b1") and ("ab", "1") apart: none of them holds one.
  std::string message(to_string(purpose));
  message.push_back('\0');
  message.append(flow);
  message.push_back('\0');
  message.append(std::to_string(generation));
  const core::Digest digest = core::hmac_sha256(key.bytes, core::as_bytes(message));

  std::uint64_t remainder = 0;
  for (std::size_t i = 0; i < kBytesUsed; ++i)
    remainder = (remainder * 256 + digest[i]) % kCodes;

  std::string code = std::to_string(remainder);
  code.insert(0, kDigits - code.size(), '0');
  return code;
}

}  // namespace

std::string_view to_string(CodePurpose purpose) {
  return purpose == CodePurpose::signup ? "signup" : "reset";
}

OneTimeCodes::OneTimeCodes(KeyRing keys) : keys_(std::move(keys)) {
  if (keys_.empty()) throw std::invalid_argument("one-time codes need a key");
}

std::string OneTimeCodes::code(CodePurpose purpose,
                               std::string_view flow,
                               std::int64_t generation) const {
  return compute(keys_.front(), purpose, flow, generation);
}

bool OneTimeCodes::matches(CodePurpose purpose,
                           std::string_view flow,
                           std::int64_t generation,
                           std::string_view typed) const {
  if (typed.size() != kDigits) return false;
  bool found = false;
  for (const Key& key : keys_) {
    const std::string expected = compute(key, purpose, flow, generation);
    found |= CRYPTO_memcmp(expected.data(), typed.data(), kDigits) == 0;
  }
  return found;
}

}  // namespace tms::auth
