#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace tms::core {

/// A source of random bytes fit for keys. Safe to use on many threads.
class Random {
 public:
  virtual ~Random() = default;

  /// Fills all of `bytes`; throws std::runtime_error when the source fails.
  virtual void fill(std::span<std::uint8_t> bytes) = 0;
};

/// OpenSSL's CSPRNG, seeded by the kernel.
class SystemRandom final : public Random {
 public:
  void fill(std::span<std::uint8_t> bytes) override;
};

/// 128 random bits as 22 characters of base64url: ids of flows and sessions that nobody can guess.
std::string random_id(Random& random);

}  // namespace tms::core
