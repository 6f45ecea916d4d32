#include "backend/core/encoding.h"

#include <gtest/gtest.h>

namespace tms::core {
namespace {

std::string text_of(const std::vector<std::uint8_t>& bytes) {
  return {bytes.begin(), bytes.end()};
}

TEST(Base64, agrees_with_the_vectors_of_rfc_4648) {
  const std::vector<std::pair<const char*, const char*>> vectors{{"", ""},
                                                                 {"f", "Zg=="},
                                                                 {"fo", "Zm8="},
                                                                 {"foo", "Zm9v"},
                                                                 {"foob", "Zm9vYg=="},
                                                                 {"fooba", "Zm9vYmE="},
                                                                 {"foobar", "Zm9vYmFy"}};
  for (const auto& [plain, encoded] : vectors) {
    EXPECT_EQ(base64_encode(as_bytes(plain)), encoded);
    ASSERT_TRUE(base64_decode(encoded)) << encoded;
    EXPECT_EQ(text_of(*base64_decode(encoded)), plain);
  }
}

TEST(Base64, refuses_what_is_not_canonical) {
  for (const char* text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Zm9v ", "Zm 9v", "Zm9v\n",
                           "Zm9v====", "=", "====", "Z===", "Zm-_", "Zg==Zg=="}) {
    EXPECT_FALSE(base64_decode(text)) << text;
  }
}

TEST(Base64Url, uses_its_own_alphabet_without_padding) {
  const std::vector<std::uint8_t> bytes{0xfb, 0xff, 0xbf, 0x3e};
  EXPECT_EQ(base64url_encode(bytes), "-_-_Pg");
  EXPECT_EQ(*base64url_decode("-_-_Pg"), bytes);
}

TEST(Base64Url, of_every_length_and_byte_comes_back) {
  std::vector<std::uint8_t> bytes;
  for (int value = 0; value < 256; ++value) {
    bytes.push_back(static_cast<std::uint8_t>(value));
    EXPECT_EQ(base64url_decode(base64url_encode(bytes)), bytes);
  }
}

TEST(Base64Url, refuses_what_is_not_canonical) {
  for (const char* text :
       {"A", "AAAAA", "AA==", "AB", "AAB", "A A", "AA+A", "AA/A", "AA\n", "\xc3\xa9"}) {
    EXPECT_FALSE(base64url_decode(text)) << text;
  }
}

TEST(Hex, is_lower_case_with_two_digits_a_byte) {
  EXPECT_EQ(hex_encode(std::vector<std::uint8_t>{0x00, 0x0f, 0xa5, 0xff}), "000fa5ff");
}

}  // namespace
}  // namespace tms::core
