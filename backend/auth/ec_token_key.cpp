#include "backend/auth/ec_token_key.h"

#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/ecdsa.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <array>
#include <stdexcept>

#include "backend/core/encoding.h"

namespace tms::auth {
namespace {

/// r and s of P-256, one after the other: the form of RFC 7518 section 3.4. OpenSSL speaks DER.
constexpr std::size_t kHalf = 32;

using Bio = std::unique_ptr<BIO, decltype(&BIO_free)>;
using Context = std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)>;
using Signature = std::unique_ptr<ECDSA_SIG, decltype(&ECDSA_SIG_free)>;
using Number = std::unique_ptr<BIGNUM, decltype(&BN_free)>;

Bio open_text(std::string_view pem) {
  return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free};
}

/// Never asks at the terminal: an encrypted key is refused.
int no_pass_phrase(char*, int, int, void*) {
  return 0;
}

EcKey checked(EVP_PKEY* key) {
  EcKey owned(key, &EVP_PKEY_free);
  std::array<char, 32> group{};
  std::size_t length = 0;
  if (key == nullptr || EVP_PKEY_get_base_id(key) != EVP_PKEY_EC ||
      EVP_PKEY_get_group_name(key, group.data(), group.size(), &length) != 1 ||
      std::string_view(group.data(), length) != "prime256v1") {
    throw std::invalid_argument("a token key must be a P-256 key in PEM");
  }
  return owned;
}

std::vector<std::uint8_t> to_der(std::span<const std::uint8_t> raw) {
  const Signature signature(ECDSA_SIG_new(), &ECDSA_SIG_free);
  Number r(BN_bin2bn(raw.data(), kHalf, nullptr), &BN_free);
  Number s(BN_bin2bn(raw.data() + kHalf, kHalf, nullptr), &BN_free);
  if (!signature || ECDSA_SIG_set0(signature.get(), r.get(), s.get()) != 1) return {};
  (void)r.release();  // the signature owns both now
  (void)s.release();
  unsigned char* der = nullptr;
  const int length = i2d_ECDSA_SIG(signature.get(), &der);
  if (length <= 0) return {};
  std::vector<std::uint8_t> bytes(der, der + length);
  OPENSSL_free(der);
  return bytes;
}

std::vector<std::uint8_t> to_raw(std::span<const std::uint8_t> der) {
  const unsigned char* position = der.data();
  const Signature signature(d2i_ECDSA_SIG(nullptr, &position, static_cast<long>(der.size())),
                            &ECDSA_SIG_free);
  std::vector<std::uint8_t> raw(2 * kHalf);
  if (!signature ||
      BN_bn2binpad(ECDSA_SIG_get0_r(signature.get()), raw.data(), kHalf) != int{kHalf} ||
      BN_bn2binpad(ECDSA_SIG_get0_s(signature.get()), raw.data() + kHalf, kHalf) != int{kHalf}) {
    throw std::runtime_error("ES256 failed");
  }
  return raw;
}

bool verify_with(EVP_PKEY* key, std::string_view text, std::span<const std::uint8_t> signature) {
  if (signature.size() != 2 * kHalf) return false;
  const auto der = to_der(signature);
  const auto bytes = core::as_bytes(text);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  return !der.empty() && context != nullptr &&
         EVP_DigestVerifyInit(context.get(), nullptr, EVP_sha256(), nullptr, key) == 1 &&
         EVP_DigestVerify(context.get(), der.data(), der.size(), bytes.data(), bytes.size()) == 1;
}

}  // namespace

EcVerificationKey::EcVerificationKey(std::string id, std::string_view pem)
    : id_(std::move(id)),
      key_(checked(PEM_read_bio_PUBKEY(open_text(pem).get(), nullptr, &no_pass_phrase, nullptr))) {}

bool EcVerificationKey::verify(std::string_view signed_text,
                               std::span<const std::uint8_t> signature) const {
  return verify_with(key_.get(), signed_text, signature);
}

EcSigningKey::EcSigningKey(std::string id, std::string_view pem)
    : id_(std::move(id)),
      key_(checked(
          PEM_read_bio_PrivateKey(open_text(pem).get(), nullptr, &no_pass_phrase, nullptr))) {}

bool EcSigningKey::verify(std::string_view signed_text,
                          std::span<const std::uint8_t> signature) const {
  return verify_with(key_.get(), signed_text, signature);
}

std::vector<std::uint8_t> EcSigningKey::sign(std::string_view text) const {
  const auto bytes = core::as_bytes(text);
  const Context context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  std::size_t length = 0;
  if (context == nullptr ||
      EVP_DigestSignInit(context.get(), nullptr, EVP_sha256(), nullptr, key_.get()) != 1 ||
      EVP_DigestSign(context.get(), nullptr, &length, bytes.data(), bytes.size()) != 1) {
    throw std::runtime_error("ES256 failed");
  }
  std::vector<std::uint8_t> der(length);
  if (EVP_DigestSign(context.get(), der.data(), &length, bytes.data(), bytes.size()) != 1) {
    throw std::runtime_error("ES256 failed");
  }
  return to_raw(std::span(der).first(length));
}

}  // namespace tms::auth
