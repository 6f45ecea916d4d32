#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tms::core {

/// A text in less memory, by LZ4: JSON of rows takes about a quarter, and comes back at some four gigabytes
/// a second. At most 2,113,929,216 bytes (LZ4_MAX_INPUT_SIZE); a longer one throws std::length_error.
class PackedText {
 public:
  explicit PackedText(std::string_view text);

  /// The text again, byte for byte.
  [[nodiscard]] std::string unpack() const;

  /// Memory beside the object itself.
  [[nodiscard]] std::size_t bytes() const { return packed_.capacity(); }

 private:
  std::size_t size_;
  std::string packed_;
};

}  // namespace tms::core
