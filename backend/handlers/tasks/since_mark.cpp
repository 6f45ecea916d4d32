#include "backend/handlers/tasks/since_mark.h"

#include "backend/handlers/tasks/binary_text.h"

namespace tms::handlers {
namespace {

/// Raised when the bytes change, so that an old mark is refused and not misread.
constexpr std::uint8_t kFormat = 1;

}  // namespace

std::string SinceMark::encode() const {
  BinaryTextWriter bytes;
  bytes.byte(kFormat);
  for (const auto& [list_id, mark] : lists) {
    bytes.uuid(list_id);
    bytes.varint(static_cast<std::uint64_t>(mark.seq));
    bytes.varint(static_cast<std::uint64_t>(mark.purged_before));
  }
  return bytes.encode();
}

std::optional<SinceMark> SinceMark::decode(std::string_view text) {
  BinaryTextReader bytes(text);
  if (bytes.byte() != kFormat) return std::nullopt;

  SinceMark mark;
  while (!bytes.is_at_end()) {
    const auto list_id = bytes.uuid();
    const auto seq = bytes.varint();
    const auto purged_before = bytes.varint();
    if (!list_id || !seq || !purged_before) return std::nullopt;
    const bool is_in_order = mark.lists.empty() || mark.lists.rbegin()->first < *list_id;
    if (!is_in_order) return std::nullopt;
    mark.lists.emplace_hint(
        mark.lists.end(), *list_id,
        ListMark{static_cast<std::int64_t>(*seq), static_cast<std::int64_t>(*purged_before)});
  }
  return mark;
}

}  // namespace tms::handlers
