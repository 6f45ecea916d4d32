#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "backend/auth/token_key.h"

struct evp_pkey_st;  // OpenSSL's EVP_PKEY

namespace tms::auth {

/// A P-256 key of OpenSSL, private or public.
using EcKey = std::shared_ptr<evp_pkey_st>;

/// ES256 with a public key: checks and cannot make. For functions that must not be able to sign.
class EcVerificationKey final : public TokenVerificationKey {
 public:
  /// `pem` is a SubjectPublicKeyInfo ("BEGIN PUBLIC KEY"). Throws std::invalid_argument for anything
  /// but a P-256 key.
  EcVerificationKey(std::string id, std::string_view pem);

  [[nodiscard]] std::string_view id() const override { return id_; }
  [[nodiscard]] std::string_view algorithm() const override { return "ES256"; }
  [[nodiscard]] bool verify(std::string_view signed_text,
                            std::span<const std::uint8_t> signature) const override;

 private:
  std::string id_;
  EcKey key_;
};

/// ES256 with a private key: makes and checks.
class EcSigningKey final : public TokenSigningKey {
 public:
  /// `pem` is PKCS #8 ("BEGIN PRIVATE KEY"), not encrypted. Throws std::invalid_argument for anything
  /// but a P-256 key.
  EcSigningKey(std::string id, std::string_view pem);

  [[nodiscard]] std::string_view id() const override { return id_; }
  [[nodiscard]] std::string_view algorithm() const override { return "ES256"; }
  [[nodiscard]] bool verify(std::string_view signed_text,
                            std::span<const std::uint8_t> signature) const override;
  [[nodiscard]] std::vector<std::uint8_t> sign(std::string_view text) const override;

 private:
  std::string id_;
  EcKey key_;
};

}  // namespace tms::auth
