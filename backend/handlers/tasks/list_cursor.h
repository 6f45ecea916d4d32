#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "backend/core/uuid.h"
#include "backend/validators/sort.h"

namespace tms::handlers {

/// The place of a task in the order of the list: its sort key, then its id.
struct CursorPosition {
  /// Microseconds for created and updated; for due the date, or nothing without one.
  std::variant<std::int64_t, std::optional<std::string>> key;
  core::Uuid task_id;
};

/// Opaque to clients. Carries no MAC: it is no more than bounds behind the membership predicate, so
/// a forged one pages through the forger's own tasks.
std::string encode_cursor(const CursorPosition& position,
                          validators::Sort sort,
                          std::uint64_t filter_fingerprint);

/// Nothing for a text that is malformed or was made for another sort or other filters.
std::optional<CursorPosition> decode_cursor(std::string_view text,
                                            validators::Sort sort,
                                            std::uint64_t filter_fingerprint);

}  // namespace tms::handlers
