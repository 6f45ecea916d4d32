#pragma once

#include <string>
#include <string_view>

namespace tms::validators {

// Without <cctype>, whose answers hang on the locale.

constexpr bool is_ascii_digit(char character) {
  return character >= '0' && character <= '9';
}

constexpr bool is_ascii_letter_or_digit(char character) {
  return is_ascii_digit(character) || (character >= 'a' && character <= 'z') ||
         (character >= 'A' && character <= 'Z');
}

/// Folds a text that is ASCII by its rule; for such texts this is NFKC_Casefold.
inline std::string ascii_lower_case(std::string_view text) {
  std::string lower(text);
  for (char& character : lower) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return lower;
}

}  // namespace tms::validators
