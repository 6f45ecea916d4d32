#include "backend/auth/common_passwords.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <string>

#include "backend/auth/bloom_filter.h"
#include "backend/validators/text.h"

// Made by the build, see backend/tools/common_passwords. The names are the linker's.
// NOLINTBEGIN(bugprone-reserved-identifier,readability-identifier-naming)
extern "C" {
extern const std::uint8_t _binary_common_passwords_bin_start[];
extern const std::uint8_t _binary_common_passwords_bin_end[];
}
// NOLINTEND(bugprone-reserved-identifier,readability-identifier-naming)

namespace tms::auth {
namespace {

BloomFilter common_passwords() {
  return BloomFilter(
      std::span(_binary_common_passwords_bin_start, _binary_common_passwords_bin_end));
}

/// Lower case, letters only.
constexpr std::array<std::string_view, 3> kProductNames{"taskmanagementsystem", "taskmanagement",
                                                        "taskmanager"};

bool is_product_name(std::string_view folded) {
  std::string letters;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(letters),
               [](char character) { return character >= 'a' && character <= 'z'; });
  return std::find(kProductNames.begin(), kProductNames.end(), letters) != kProductNames.end();
}

}  // namespace

bool is_common_password(std::string_view password) {
  const std::string folded = validators::casefold(password);
  const BloomFilter common = common_passwords();
  return common.may_contain(password) || common.may_contain(folded) || is_product_name(folded);
}

}  // namespace tms::auth
