#include "backend/core/word.h"

#include <gtest/gtest.h>

#include <array>
#include <string>

namespace tms::core {
namespace {

/// Eight bytes of which the one at `place` is `byte` and the others `rest`.
Word word_of(std::size_t place, int byte, char rest) {
  std::string text(8, rest);
  text[place] = static_cast<char>(byte);
  return load_word(text);
}

constexpr std::array<char, 4> kRests{'\x20', 'a', '\x7e', '\xff'};

TEST(Word, tells_a_byte_below_a_limit_at_every_place) {
  for (const char rest : kRests) {
    for (std::size_t place = 0; place < 8; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        ASSERT_EQ(has_byte_below(word_of(place, byte, rest), 0x20), byte < 0x20) << byte;
      }
    }
  }
}

TEST(Word, tells_one_byte_at_every_place) {
  for (const char rest : kRests) {
    for (std::size_t place = 0; place < 8; ++place) {
      for (int byte = 0; byte < 256; ++byte) {
        ASSERT_EQ(has_byte(word_of(place, byte, rest), '"'), byte == '"') << byte;
        ASSERT_EQ(has_byte(word_of(place, byte, rest), '\x7f'), byte == 0x7f) << byte;
      }
    }
  }
}

TEST(Word, tells_whether_all_is_ascii) {
  for (std::size_t place = 0; place < 8; ++place) {
    EXPECT_TRUE(is_ascii(word_of(place, 0x7f, 'a')));
    EXPECT_FALSE(is_ascii(word_of(place, 0x80, 'a')));
  }
}

}  // namespace
}  // namespace tms::core
