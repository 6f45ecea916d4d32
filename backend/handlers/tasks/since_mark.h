#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/uuid.h"

namespace tms::handlers {

/// Up to where a client knows one list.
struct ListMark {
  /// Every change up to this number of the list is known.
  std::int64_t seq = 0;
  /// For a list that is being read from its beginning: its purged_seq when that began. What was
  /// purged up to there the client never had, so it need not hear of it.
  std::int64_t purged_before = 0;

  friend bool operator==(const ListMark&, const ListMark&) = default;
};

/// What a client knows, list by list; to clients the opaque text `since`. Carries no MAC: a forged
/// one is answered from the forger's own lists, and other lists in it are named as removed whether
/// they exist or not.
struct SinceMark {
  std::map<core::Uuid, ListMark> lists;

  [[nodiscard]] std::string encode() const;

  /// Nothing for a text that `encode` does not make.
  static std::optional<SinceMark> decode(std::string_view text);
};

}  // namespace tms::handlers
