#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backend/core/uuid.h"

namespace tms::handlers {

/// Builds the bytes of an opaque text (cursor, since).
class BinaryTextWriter {
 public:
  void byte(std::uint8_t value) { bytes_.push_back(value); }
  /// Eight bytes, big end first.
  void fixed(std::uint64_t value);
  /// Seven bits a byte, low ones first (LEB128).
  void varint(std::uint64_t value);
  void uuid(const core::Uuid& id) { bytes_.insert(bytes_.end(), id.bytes.begin(), id.bytes.end()); }
  void text(std::string_view text) { bytes_.insert(bytes_.end(), text.begin(), text.end()); }

  /// base64url.
  [[nodiscard]] std::string encode() const;

 private:
  std::vector<std::uint8_t> bytes_;
};

/// Reads what BinaryTextWriter wrote, strictly: each value has one text only. Everything returns
/// nothing once the bytes are not as they should be.
class BinaryTextReader {
 public:
  explicit BinaryTextReader(std::string_view text);

  std::optional<std::uint8_t> byte();
  std::optional<std::uint64_t> fixed();
  std::optional<std::uint64_t> varint();
  std::optional<core::Uuid> uuid();
  std::optional<std::string> text(std::size_t length);

  /// Whether every byte was read and all were right so far.
  [[nodiscard]] bool is_at_end() const { return !is_broken_ && rest_.empty(); }

 private:
  std::optional<std::span<const std::uint8_t>> take(std::size_t length);

  std::vector<std::uint8_t> bytes_;
  std::span<const std::uint8_t> rest_;
  bool is_broken_ = false;
};

}  // namespace tms::handlers
