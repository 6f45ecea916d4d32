#include "backend/db/postgres/statement_request.h"

#include <utility>

namespace tms::db::postgres {
namespace {

std::optional<std::string> to_text(const Parameter::Storage& value) {
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  if (const auto* text = std::get_if<std::string_view>(&value)) {
    // PostgreSQL has no NUL in texts, and libpq would cut there.
    if (text->find('\0') != std::string_view::npos) throw StatementFailed("a text holds NUL");
    return std::string(*text);
  }
  if (const auto* id = std::get_if<core::Uuid>(&value)) return id->to_string();
  return std::nullopt;
}

}  // namespace

StatementRequest make_request(const Statement& statement,
                              Transaction::StoredVisitor visit,
                              std::span<const Parameter> parameters) {
  StatementRequest request{&statement, {}, std::move(visit)};
  request.values.reserve(parameters.size());
  for (const Parameter& parameter : parameters)
    request.values.push_back(to_text(parameter.storage()));
  return request;
}

}  // namespace tms::db::postgres
