#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tms::auth {

/// A set of texts in few bits: what is in it is always found, what is not is found now and then.
/// A view of bits that make_bloom_filter made.
class BloomFilter {
 public:
  explicit BloomFilter(std::span<const std::uint8_t> bits) : bits_(bits) {}

  [[nodiscard]] bool may_contain(std::string_view text) const;

 private:
  std::span<const std::uint8_t> bits_;
};

/// The bits for these texts; `false_positives` is the share of other texts that are found, too.
std::vector<std::uint8_t> make_bloom_filter(std::span<const std::string> texts,
                                            double false_positives);

}  // namespace tms::auth
