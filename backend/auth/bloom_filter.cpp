#include "backend/auth/bloom_filter.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstring>
#include <numbers>

namespace tms::auth {
namespace {

/// The best number for rates from 1e-3 to 1e-4, where it is log2(1 / rate).
constexpr std::size_t kProbes = 11;

using Positions = std::array<std::uint64_t, kProbes>;

/// Two hashes give all positions (Kirsch and Mitzenmacher, 2006).
Positions positions(std::string_view text, std::uint64_t bits) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const std::uint8_t*>(text.data()), text.size(), digest.data());
  // The build machine and the one that runs it have the same byte order, so plain copies do.
  std::uint64_t first = 0;
  std::uint64_t step = 0;
  std::memcpy(&first, digest.data(), sizeof first);
  std::memcpy(&step, digest.data() + sizeof first, sizeof step);
  Positions found{};
  for (std::uint64_t& position : found) {
    position = first % bits;
    first += step | 1U;
  }
  return found;
}

constexpr std::uint8_t mask(std::uint64_t position) {
  return static_cast<std::uint8_t>(1U << (position % 8));
}

}  // namespace

bool BloomFilter::may_contain(std::string_view text) const {
  if (bits_.empty()) return false;
  const Positions wanted = positions(text, std::uint64_t{bits_.size()} * 8);
  return std::all_of(wanted.begin(), wanted.end(), [&](std::uint64_t position) {
    return (bits_[position / 8] & mask(position)) != 0;
  });
}

std::vector<std::uint8_t> make_bloom_filter(std::span<const std::string> texts,
                                            double false_positives) {
  constexpr double kLn2 = std::numbers::ln2;
  const double bits_each = -std::log(false_positives) / (kLn2 * kLn2);
  const double bytes = std::ceil(static_cast<double>(texts.size()) * bits_each / 8);
  std::vector<std::uint8_t> bits(std::max<std::size_t>(static_cast<std::size_t>(bytes), 1));
  for (const std::string& text : texts) {
    for (const std::uint64_t position : positions(text, std::uint64_t{bits.size()} * 8)) {
      bits[position / 8] |= mask(position);
    }
  }
  return bits;
}

}  // namespace tms::auth
