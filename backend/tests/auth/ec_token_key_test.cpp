#include "backend/auth/ec_token_key.h"

#include <gtest/gtest.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include "backend/auth/token.h"
#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using auth::EcSigningKey;
using auth::EcVerificationKey;

/// A fresh key pair as PEM, so that no private key lies in the repository.
struct Pair {
  std::string private_pem;
  std::string public_pem;
};

Pair make_pair_on(const char* curve) {
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(EVP_EC_gen(curve), &EVP_PKEY_free);
  const auto written = [](const auto& write) {
    const std::unique_ptr<BIO, decltype(&BIO_free)> memory(BIO_new(BIO_s_mem()), &BIO_free);
    write(memory.get());
    char* text = nullptr;
    const long length = BIO_get_mem_data(memory.get(), &text);
    return std::string(text, static_cast<std::size_t>(length));
  };
  return {written([&](BIO* out) {
            PEM_write_bio_PKCS8PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          }),
          written([&](BIO* out) { PEM_write_bio_PUBKEY(out, key.get()); })};
}

class EcTokenKey : public testing::Test {
 protected:
  [[nodiscard]] std::string issue_with(std::shared_ptr<const auth::TokenSigningKey> key) const {
    return auth::TokenIssuer(std::move(key))
        .issue({"session", 7}, clock.now(), clock.now() + std::chrono::hours(1));
  }
  [[nodiscard]] bool accepts(const std::string& token) const {
    return verifier.verify(token, clock.now()).has_value();
  }

  ManualClock clock;
  Pair pair = make_pair_on("P-256");
  std::shared_ptr<EcSigningKey> signer = std::make_shared<EcSigningKey>("k", pair.private_pem);
  auth::TokenVerifier verifier{{std::make_shared<const EcVerificationKey>("k", pair.public_pem)}};
};

TEST_F(EcTokenKey, what_the_private_key_signs_the_public_key_accepts) {
  for (int i = 0; i < 50; ++i)
    EXPECT_TRUE(accepts(issue_with(signer)));
}

TEST_F(EcTokenKey, signatures_have_64_bytes) {
  for (int i = 0; i < 50; ++i)
    EXPECT_EQ(signer->sign("text").size(), 64U);
}

TEST_F(EcTokenKey, of_another_pair_is_refused) {
  const auto other = make_pair_on("P-256");
  EXPECT_FALSE(accepts(issue_with(std::make_shared<EcSigningKey>("k", other.private_pem))));
}

TEST_F(EcTokenKey, used_as_a_secret_of_hs256_signs_nothing) {
  // The classic confusion: the public key is known, so it must not do as an HMAC key.
  const auto encode = [](std::string_view text) {
    return core::base64url_encode(core::as_bytes(text));
  };
  const std::string genuine = issue_with(signer);
  const auto claims = genuine.substr(genuine.find('.'), genuine.rfind('.') - genuine.find('.'));
  for (const std::string alg : {"HS256", "ES256"}) {
    const std::string text =
        encode(R"({"alg":")" + alg + R"(","typ":"session+jwt","kid":"k"})") + claims;
    const auto digest = core::hmac_sha256(core::as_bytes(pair.public_pem), core::as_bytes(text));
    EXPECT_FALSE(accepts(text + '.' + core::base64url_encode(digest)));
  }
}

TEST_F(EcTokenKey, refuses_altered_texts_and_signatures) {
  const auto signature = signer->sign("text");
  EXPECT_TRUE(signer->verify("text", signature));
  EXPECT_FALSE(signer->verify("texT", signature));
  for (std::size_t i = 0; i < signature.size(); ++i) {
    auto altered = signature;
    altered[i] ^= 1U;
    EXPECT_FALSE(signer->verify("text", altered)) << i;
  }
}

TEST_F(EcTokenKey, refuses_signatures_of_zeros_and_of_other_lengths) {
  // All zeros was a valid signature of everything to Java for a while (CVE-2022-21449).
  for (const std::size_t size : {0U, 1U, 63U, 64U, 65U, 72U, 128U}) {
    EXPECT_FALSE(signer->verify("text", std::vector<std::uint8_t>(size))) << size;
  }
  EXPECT_FALSE(signer->verify("text", std::vector<std::uint8_t>(64, 0xff)));
}

TEST_F(EcTokenKey, takes_keys_of_p256_only) {
  const auto p384 = make_pair_on("P-384");
  EXPECT_THROW(EcSigningKey("k", p384.private_pem), std::invalid_argument);
  EXPECT_THROW(EcVerificationKey("k", p384.public_pem), std::invalid_argument);
  EXPECT_THROW(EcSigningKey("k", pair.public_pem), std::invalid_argument);
  EXPECT_THROW(EcVerificationKey("k", pair.private_pem), std::invalid_argument);
  EXPECT_THROW(EcVerificationKey("k", ""), std::invalid_argument);
}

}  // namespace
}  // namespace tms::tests
