#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/key_ring.h"

namespace tms::auth {

/// A key that checks token signatures. The kind of key fixes the one algorithm (RFC 8725 section
/// 3.1): what a token's header says is only compared with it, never followed. Safe on many threads.
class TokenVerificationKey {
 public:
  virtual ~TokenVerificationKey() = default;

  /// The `kid` of tokens made with this key.
  [[nodiscard]] virtual std::string_view id() const = 0;
  /// The `alg` of tokens made with this key, as in RFC 7518 section 3.1.
  [[nodiscard]] virtual std::string_view algorithm() const = 0;
  [[nodiscard]] virtual bool verify(std::string_view signed_text,
                                    std::span<const std::uint8_t> signature) const = 0;
};

/// A key that makes token signatures, too.
class TokenSigningKey : public TokenVerificationKey {
 public:
  [[nodiscard]] virtual std::vector<std::uint8_t> sign(std::string_view text) const = 0;
};

/// HS256: HMAC-SHA-256 with 32 random bytes; makes and checks.
class HmacTokenKey final : public TokenSigningKey {
 public:
  explicit HmacTokenKey(Key key) : key_(std::move(key)) {}

  [[nodiscard]] std::string_view id() const override { return key_.id; }
  [[nodiscard]] std::string_view algorithm() const override { return "HS256"; }
  [[nodiscard]] bool verify(std::string_view signed_text,
                            std::span<const std::uint8_t> signature) const override;
  [[nodiscard]] std::vector<std::uint8_t> sign(std::string_view text) const override;

 private:
  Key key_;
};

}  // namespace tms::auth
