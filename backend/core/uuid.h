#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/core/random.h"

namespace tms::core {

/// A UUID (RFC 9562): the id of a task or a list.
struct Uuid {
  std::array<std::uint8_t, 16> bytes{};

  friend auto operator<=>(const Uuid&, const Uuid&) = default;

  /// Version and variant bits say version 7.
  [[nodiscard]] bool is_version_7() const;

  /// Length of the 8-4-4-4-12 form.
  static constexpr std::size_t kTextSize = 36;

  /// Writes the lower-case 8-4-4-4-12 form, for callers that want no string of it.
  void write_to(std::span<char, kTextSize> place) const;

  /// The lower-case 8-4-4-4-12 form.
  [[nodiscard]] std::string to_string() const;

  /// Reads the 8-4-4-4-12 form in either case, nothing else.
  static std::optional<Uuid> parse(std::string_view text);

  /// Version 7: milliseconds of `now`, then random bits.
  static Uuid make_version_7(Timestamp now, Random& random);
};

}  // namespace tms::core
