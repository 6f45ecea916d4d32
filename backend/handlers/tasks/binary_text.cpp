#include "backend/handlers/tasks/binary_text.h"

#include <algorithm>

#include "backend/core/encoding.h"

namespace tms::handlers {

void BinaryTextWriter::fixed(std::uint64_t value) {
  for (unsigned shift = 64; shift > 0; shift -= 8)
    bytes_.push_back(static_cast<std::uint8_t>(value >> (shift - 8)));
}

void BinaryTextWriter::varint(std::uint64_t value) {
  while (value >= 0x80) {
    bytes_.push_back(static_cast<std::uint8_t>(value | 0x80U));
    value >>= 7U;
  }
  bytes_.push_back(static_cast<std::uint8_t>(value));
}

std::string BinaryTextWriter::encode() const {
  return core::base64url_encode(bytes_);
}

BinaryTextReader::BinaryTextReader(std::string_view text) {
  auto bytes = core::base64url_decode(text);
  is_broken_ = !bytes.has_value();
  if (bytes) bytes_ = std::move(*bytes);
  rest_ = bytes_;
}

std::optional<std::span<const std::uint8_t>> BinaryTextReader::take(std::size_t length) {
  if (is_broken_ || rest_.size() < length) {
    is_broken_ = true;
    return std::nullopt;
  }
  const auto taken = rest_.first(length);
  rest_ = rest_.subspan(length);
  return taken;
}

std::optional<std::uint8_t> BinaryTextReader::byte() {
  const auto taken = take(1);
  if (!taken) return std::nullopt;
  return taken->front();
}

std::optional<std::uint64_t> BinaryTextReader::fixed() {
  const auto taken = take(8);
  if (!taken) return std::nullopt;
  std::uint64_t value = 0;
  for (const std::uint8_t part : *taken)
    value = (value << 8U) | part;
  return value;
}

std::optional<std::uint64_t> BinaryTextReader::varint() {
  std::uint64_t value = 0;
  // Nine groups of seven bits: 63 bits, all that a number of the database has.
  for (unsigned shift = 0; shift < 63; shift += 7) {
    const auto part = byte();
    if (!part) return std::nullopt;
    value |= static_cast<std::uint64_t>(*part & 0x7fU) << shift;
    const bool is_last = *part < 0x80;
    const bool is_padded = is_last && *part == 0 && shift > 0;
    if (is_padded) break;
    if (is_last) return value;
  }
  is_broken_ = true;
  return std::nullopt;
}

std::optional<core::Uuid> BinaryTextReader::uuid() {
  core::Uuid id;
  const auto taken = take(id.bytes.size());
  if (!taken) return std::nullopt;
  std::copy(taken->begin(), taken->end(), id.bytes.begin());
  return id;
}

std::optional<std::string> BinaryTextReader::text(std::size_t length) {
  const auto taken = take(length);
  if (!taken) return std::nullopt;
  return std::string(taken->begin(), taken->end());
}

}  // namespace tms::handlers
