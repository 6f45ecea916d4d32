#include "backend/handlers/tasks/list_cursor.h"

#include "backend/handlers/tasks/binary_text.h"
#include "backend/validators/due_date.h"

namespace tms::handlers {
namespace {

/// Raised when the bytes change, so that an old cursor is refused and not misread.
constexpr std::uint8_t kFormat = 1;
constexpr std::uint8_t kNoDate = 0;
constexpr std::uint8_t kDate = 1;
constexpr std::size_t kDateLength = 10;

bool sorts_by_due_date(validators::Sort sort) {
  return sort == validators::Sort::due || sort == validators::Sort::due_descending;
}

std::optional<CursorPosition> read_time(BinaryTextReader& bytes) {
  const auto micros = bytes.fixed();
  if (!micros) return std::nullopt;
  return CursorPosition{static_cast<std::int64_t>(*micros), {}};
}

std::optional<CursorPosition> read_date(BinaryTextReader& bytes) {
  const auto kind = bytes.byte();
  if (kind == kNoDate) return CursorPosition{std::optional<std::string>(), {}};
  if (kind != kDate) return std::nullopt;
  auto date = bytes.text(kDateLength);
  if (!date || !validators::is_calendar_date(*date)) return std::nullopt;
  return CursorPosition{std::move(date), {}};
}

}  // namespace

std::string encode_cursor(const CursorPosition& position,
                          validators::Sort sort,
                          std::uint64_t filter_fingerprint) {
  BinaryTextWriter bytes;
  bytes.byte(kFormat);
  bytes.byte(static_cast<std::uint8_t>(sort));
  bytes.fixed(filter_fingerprint);
  if (const auto* micros = std::get_if<std::int64_t>(&position.key)) {
    bytes.fixed(static_cast<std::uint64_t>(*micros));
  } else {
    const auto& date = std::get<std::optional<std::string>>(position.key);
    bytes.byte(date ? kDate : kNoDate);
    if (date) bytes.text(*date);
  }
  bytes.uuid(position.task_id);
  return bytes.encode();
}

std::optional<CursorPosition> decode_cursor(std::string_view text,
                                            validators::Sort sort,
                                            std::uint64_t filter_fingerprint) {
  BinaryTextReader bytes(text);
  if (bytes.byte() != kFormat || bytes.byte() != static_cast<std::uint8_t>(sort) ||
      bytes.fixed() != filter_fingerprint) {
    return std::nullopt;
  }
  auto position = sorts_by_due_date(sort) ? read_date(bytes) : read_time(bytes);
  const auto task_id = bytes.uuid();
  if (!position || !task_id || !bytes.is_at_end()) return std::nullopt;
  position->task_id = *task_id;
  return position;
}

}  // namespace tms::handlers
