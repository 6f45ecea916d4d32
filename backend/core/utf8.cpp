#include "backend/core/utf8.h"

#include "backend/core/word.h"

namespace tms::core {
namespace {

/// How many bytes a lead byte announces; 0 for a byte that cannot lead.
constexpr std::size_t announced_length(std::uint8_t lead) {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

constexpr bool is_overlong_or_out_of_range(std::uint32_t value, std::size_t length) {
  if (length == 3) return value < 0x800 || (value >= 0xd800 && value <= 0xdfff);
  if (length == 4) return value < 0x10000 || value > 0x10ffff;
  return false;
}

}  // namespace

std::optional<CodePoint> first_code_point(std::string_view text) {
  if (text.empty()) return std::nullopt;
  const auto lead = static_cast<std::uint8_t>(text.front());
  const std::size_t length = announced_length(lead);
  if (length == 0 || length > text.size()) return std::nullopt;
  if (length == 1) return CodePoint{lead, 1};

  std::uint32_t value = lead & (0x7fU >> length);
  for (std::size_t index = 1; index < length; ++index) {
    const auto byte = static_cast<std::uint8_t>(text[index]);
    if ((byte & 0xc0U) != 0x80U) return std::nullopt;
    value = (value << 6U) | (byte & 0x3fU);
  }
  if (is_overlong_or_out_of_range(value, length)) return std::nullopt;
  return CodePoint{value, length};
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    if (text.size() >= sizeof(Word) && is_ascii(load_word(text))) {
      text.remove_prefix(sizeof(Word));
      continue;
    }
    const auto code_point = first_code_point(text);
    if (!code_point) return false;
    text.remove_prefix(code_point->length);
  }
  return true;
}

}  // namespace tms::core
