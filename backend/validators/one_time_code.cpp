#include "backend/validators/one_time_code.h"

#include <algorithm>

#include "backend/validators/ascii.h"

namespace tms::validators {
namespace {

constexpr std::size_t kDigits = 8;
/// Longer input is nothing a person copied from a mail.
constexpr std::size_t kMaxInput = 64;

}  // namespace

Checked<std::string> check_one_time_code(std::string_view text, std::string_view field) {
  const auto wrong = [&] {
    return field_error(field, "invalid", "Enter the eight digits of the code.");
  };
  if (text.size() > kMaxInput) return wrong();
  std::string digits;
  for (const char character : text) {
    if (character == ' ' || character == '-') continue;
    if (!is_ascii_digit(character)) return wrong();
    digits.push_back(character);
  }
  if (digits.size() != kDigits) return wrong();
  return digits;
}

}  // namespace tms::validators
