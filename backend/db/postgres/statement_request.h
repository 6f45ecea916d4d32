#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "backend/db/database.h"

namespace tms::db::postgres {

/// A statement with its values in PostgreSQL's text form, ready to be sent.
struct StatementRequest {
  const Statement* statement;
  std::vector<std::optional<std::string>> values;
  Transaction::StoredVisitor visit;
};

StatementRequest make_request(const Statement& statement,
                              Transaction::StoredVisitor visit,
                              std::span<const Parameter> parameters);

}  // namespace tms::db::postgres
