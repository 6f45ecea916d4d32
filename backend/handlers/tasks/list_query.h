#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>

#include "backend/core/result.h"
#include "backend/handlers/tasks/list_cursor.h"
#include "backend/handlers/tasks/since_mark.h"
#include "backend/http/request.h"
#include "backend/validators/limit.h"
#include "backend/validators/sort.h"
#include "backend/validators/status.h"

namespace tms::handlers {

/// What GET /tasks asks for when it asks for a page.
struct PageQuery {
  std::optional<validators::Status> status;
  /// Folded.
  std::optional<std::string> search;
  std::optional<std::string> due_from;
  std::optional<std::string> due_to;
  validators::Sort sort = validators::kDefaultSort;
  int limit = validators::kDefaultLimit;
  /// After which task the page begins.
  std::optional<CursorPosition> after;

  [[nodiscard]] bool has_filters() const { return status || search || due_from || due_to; }

  /// Tells filters apart, so that a cursor is used with its own only.
  [[nodiscard]] std::uint64_t filter_fingerprint() const;
};

/// What GET /tasks asks for with `since`.
struct ChangesQuery {
  SinceMark since;
  /// As it came, for the answer of a reset.
  std::string text;
};

using ListQuery = std::variant<PageQuery, ChangesQuery>;

/// Errors: validation_failed with every wrong name (everything beside `since` is one),
/// invalid_cursor, invalid_since.
core::Result<ListQuery> read_list_query(const http::Request& request);

}  // namespace tms::handlers
