#include "backend/core/sha256.h"

#include <openssl/evp.h>

#include <stdexcept>

namespace tms::core {

struct Sha256::State {
  std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context{EVP_MD_CTX_new(),
                                                                  &EVP_MD_CTX_free};

  static void require(int result) {
    if (result != 1) throw std::runtime_error("SHA-256 failed");
  }
};

Sha256::Sha256() : state_(std::make_unique<State>()) {
  State::require(EVP_DigestInit_ex(state_->context.get(), EVP_sha256(), nullptr));
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
