#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace tms::core {

/// Joins texts at compile time, so that statements can share a part and stay constants:
/// `constexpr Statement kX{"x", join<kSessionCte, kXBody>};`
template <const std::string_view&... Parts>
struct JoinedText {
  static constexpr auto kBytes = [] {
    std::array<char, (Parts.size() + ... + 0)> bytes{};
    std::size_t position = 0;
    const auto append = [&](std::string_view part) {
      for (const char character : part)
        bytes[position++] = character;
    };
    (append(Parts), ...);
    return bytes;
  }();
  static constexpr std::string_view kText{kBytes.data(), kBytes.size()};
};

template <const std::string_view&... Parts>
inline constexpr std::string_view join = JoinedText<Parts...>::kText;

}  // namespace tms::core
