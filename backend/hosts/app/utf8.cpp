#include "backend/hosts/app/utf8.h"

namespace tms::hosts {
namespace {

bool is_between(unsigned char byte, unsigned char low, unsigned char high) {
  return byte >= low && byte <= high;
}

}  // namespace

std::size_t utf8_character_length(std::string_view text) {
  const auto byte = [&](std::size_t index) {
    return index < text.size() ? static_cast<unsigned char>(text[index])
                               : static_cast<unsigned char>(0);
  };
  const auto is_tail = [&](std::size_t index) { return is_between(byte(index), 0x80, 0xbf); };
  if (text.empty()) return 0;
  const unsigned char first = byte(0);
  if (first < 0x80) return 1;
  if (is_between(first, 0xc2, 0xdf)) return is_tail(1) ? 2 : 0;
  if (is_between(first, 0xe0, 0xef)) {
    const unsigned char low = first == 0xe0 ? 0xa0 : 0x80;
    const unsigned char high = first == 0xed ? 0x9f : 0xbf;
    return is_between(byte(1), low, high) && is_tail(2) ? 3 : 0;
  }
  if (is_between(first, 0xf0, 0xf4)) {
    const unsigned char low = first == 0xf0 ? 0x90 : 0x80;
    const unsigned char high = first == 0xf4 ? 0x8f : 0xbf;
    return is_between(byte(1), low, high) && is_tail(2) && is_tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_character_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

}  // namespace tms::hosts
