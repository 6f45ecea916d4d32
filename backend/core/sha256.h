#pragma once

#include <memory>
#include <string_view>

#include "backend/core/hmac.h"

namespace tms::core {

/// SHA-256 (FIPS 180-4). Throws std::runtime_error when OpenSSL fails.
Digest sha256(std::string_view bytes);

/// SHA-256 of bytes that come piece by piece. Throws std::runtime_error when OpenSSL
/// fails.
class Sha256 {
 public:
  Sha256();
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;

  void add(std::string_view bytes);

  /// To be called once, at the end.
  Digest finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tms::core
