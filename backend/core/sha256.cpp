#include "backend/core/sha256.h"

#include <openssl/evp.h>

#include <memory>
#include <stdexcept>

namespace tms::core {
namespace {

// Fetched once: by name OpenSSL looks it up for each digest, which costs more than the digest.
const EVP_MD* algorithm() {
  static const std::unique_ptr<EVP_MD, decltype(&EVP_MD_free)> fetched{
      EVP_MD_fetch(nullptr, "SHA256", nullptr), &EVP_MD_free};
  return fetched.get();
}

}  // namespace

Digest sha256(std::string_view bytes) {
  Digest digest{};
  unsigned int length = 0;
  if (algorithm() == nullptr ||
      EVP_Digest(bytes.data(), bytes.size(), digest.data(), &length, algorithm(), nullptr) != 1) {
    throw std::runtime_error("SHA-256 failed");
  }
  return digest;
}

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};

  static void require(int result) {
    if (result != 1) throw std::runtime_error("SHA-256 failed");
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  State::require(EVP_DigestInit_ex(state_->context.get(), algorithm(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes) {
  State::require(EVP_DigestUpdate(state_->context.get(), bytes.data(), bytes.size()));
}

Digest Sha256::finish() {
  Digest digest{};
  unsigned int length = 0;
  State::require(EVP_DigestFinal_ex(state_->context.get(), digest.data(), &length));
  return digest;
}

}  // namespace tms::core
