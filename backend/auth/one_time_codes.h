#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "backend/auth/key_ring.h"

namespace tms::auth {

/// What a one-time code is good for; a code of one purpose is worth nothing for the other.
enum class CodePurpose { signup, reset };

/// The column `purpose` of code_flows.
std::string_view to_string(CodePurpose purpose);

/// Codes are computed when they are mailed or checked and stored nowhere, not even hashed (ASVS
/// 6.5.2): HMAC-SHA-256 of purpose, flow and generation, modulo 10^8. Safe on many threads.
class OneTimeCodes {
 public:
  /// `keys` are those of KeyPurpose::one_time_codes.
  explicit OneTimeCodes(KeyRing keys);

  /// Eight digits with leading zeros, such as "01234567", made with the newest key.
  [[nodiscard]] std::string code(CodePurpose purpose,
                                 std::string_view flow,
                                 std::int64_t generation) const;

  /// Compares in constant time. A code mailed before the newest key was added is accepted, too.
  [[nodiscard]] bool matches(CodePurpose purpose,
                             std::string_view flow,
                             std::int64_t generation,
                             std::string_view typed) const;

 private:
  KeyRing keys_;
};

}  // namespace tms::auth
