#include "backend/core/uuid.h"

#include <array>
#include <cstring>
#include <span>

namespace tms::core {
namespace {

constexpr bool is_dash_position(std::size_t index) {
  return index == 8 || index == 13 || index == 18 || index == 23;
}

/// The two digits of every byte.
constexpr auto kByteDigits = [] {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::array<char, 512> digits{};
  for (std::size_t byte = 0; byte < 256; ++byte) {
    digits[2 * byte] = kDigits[byte >> 4U];
    digits[2 * byte + 1] = kDigits[byte & 15U];
  }
  return digits;
}();

std::optional<std::uint8_t> hex_digit(char character) {
  if (character >= '0' && character <= '9') return static_cast<std::uint8_t>(character - '0');
  if (character >= 'a' && character <= 'f') return static_cast<std::uint8_t>(character - 'a' + 10);
  if (character >= 'A' && character <= 'F') return static_cast<std::uint8_t>(character - 'A' + 10);
  return std::nullopt;
}

}  // namespace

bool Uuid::is_version_7() const {
  return bytes[6] >> 4U == 7 && bytes[8] >> 6U == 2;
}

void Uuid::write_to(std::span<char, kTextSize> place) const {
  // A list has hundreds of them: no index is checked twice.
  char* next = place.data();
  for (std::size_t index = 0; index < bytes.size(); ++index) {
    if (index == 4 || index == 6 || index == 8 || index == 10) *next++ = '-';
    std::memcpy(next, kByteDigits.data() + 2 * std::size_t{bytes[index]}, 2);
    next += 2;
  }
}

std::string Uuid::to_string() const {
  std::string text(kTextSize, '-');
  write_to(std::span<char, kTextSize>(text));
  return text;
}

std::optional<Uuid> Uuid::parse(std::string_view text) {
  if (text.size() != kTextSize) return std::nullopt;
  Uuid uuid;
  std::size_t nibble = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (is_dash_position(index)) {
      if (text[index] != '-') return std::nullopt;
      continue;
    }
    const auto digit = hex_digit(text[index]);
    if (!digit) return std::nullopt;
    auto& byte = uuid.bytes[nibble / 2];
    byte = static_cast<std::uint8_t>((byte << 4U) | *digit);
    ++nibble;
  }
  return uuid;
}

Uuid Uuid::make_version_7(Timestamp now, Random& random) {
  Uuid uuid;
  random.fill(std::span(uuid.bytes).subspan(6));
  const auto millis = static_cast<std::uint64_t>(to_micros(now) / 1000);
  for (std::size_t index = 0; index < 6; ++index) {
    uuid.bytes[index] = static_cast<std::uint8_t>(millis >> (40U - 8U * index));
  }
  uuid.bytes[6] = static_cast<std::uint8_t>((uuid.bytes[6] & 0x0fU) | 0x70U);
  uuid.bytes[8] = static_cast<std::uint8_t>((uuid.bytes[8] & 0x3fU) | 0x80U);
  return uuid;
}

}  // namespace tms::core
