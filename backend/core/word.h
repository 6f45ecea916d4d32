#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace tms::core {

/// Eight bytes of text at once: texts from outside are looked through for the few bytes that matter,
/// and nearly always there is none.
using Word = std::uint64_t;

/// The first eight bytes; there must be as many. In any alignment.
inline Word load_word(std::string_view bytes) {
  Word word = 0;
  std::memcpy(&word, bytes.data(), sizeof word);
  return word;
}

constexpr Word repeat_byte(unsigned char byte) {
  return 0x0101010101010101U * byte;
}

/// Whether a byte is below `limit`, at most 128. By the borrow of a subtraction: it may mark a wrong
/// byte, but only beside a right one, so it never errs on the whole.
constexpr bool has_byte_below(Word word, unsigned char limit) {
  return ((word - repeat_byte(limit)) & ~word & repeat_byte(0x80)) != 0;
}

constexpr bool has_byte(Word word, char character) {
  return has_byte_below(word ^ repeat_byte(static_cast<unsigned char>(character)), 1);
}

/// Every byte is below 128.
constexpr bool is_ascii(Word word) {
  return (word & repeat_byte(0x80)) == 0;
}

}  // namespace tms::core
