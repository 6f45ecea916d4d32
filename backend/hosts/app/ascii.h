#pragma once

#include <algorithm>
#include <string>
#include <string_view>

namespace tms::hosts {

constexpr char to_lower(char character) {
  return character >= 'A' && character <= 'Z' ? static_cast<char>(character - 'A' + 'a')
                                              : character;
}

constexpr bool is_digit(char character) {
  return character >= '0' && character <= '9';
}

inline std::string to_lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(),
                 [](char character) { return to_lower(character); });
  return lower;
}

/// Compares ASCII letters without case.
constexpr bool equals_ignoring_case(std::string_view left, std::string_view right) {
  return std::equal(left.begin(), left.end(), right.begin(), right.end(),
                    [](char a, char b) { return to_lower(a) == to_lower(b); });
}

/// Without the white space that RFC 9110 calls OWS: spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) {
  const auto begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

/// Takes the text before the first `separator` off `rest` (all of it when there is none) and the
/// separator with it.
constexpr std::string_view take_until(std::string_view& rest, char separator) {
  const auto end = rest.find(separator);
  const std::string_view part = rest.substr(0, end);
  rest = end == std::string_view::npos ? std::string_view{} : rest.substr(end + 1);
  return part;
}

}  // namespace tms::hosts
