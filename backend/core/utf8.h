#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace tms::core {

/// One code point and the bytes it takes.
struct CodePoint {
  std::uint32_t value = 0;
  std::size_t length = 0;
};

/// The first code point of `text`, or nothing when `text` is empty or does not begin with
/// well-formed UTF-8 (Unicode 15, table 3-7: no overlong form, no surrogate, at most U+10FFFF).
std::optional<CodePoint> first_code_point(std::string_view text);

/// Whether all of `text` is well-formed UTF-8.
bool is_valid_utf8(std::string_view text);

}  // namespace tms::core
