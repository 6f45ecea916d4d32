#include "backend/db/postgres/result_row.h"

#include <libpq-fe.h>

#include <charconv>
#include <stdexcept>
#include <string>

namespace tms::db::postgres {

bool ResultRow::is_null(int column) const {
  if (column < 0 || column >= PQnfields(result_)) complain(column);
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t ResultRow::integer(int column) const {
  const std::string_view value = text(column);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (error != std::errc() || end != value.data() + value.size()) complain(column);
  return number;
}

std::string_view ResultRow::text(int column) const {
  if (is_null(column)) complain(column);
  return {PQgetvalue(result_, row_, column),
          static_cast<std::size_t>(PQgetlength(result_, row_, column))};
}

core::Uuid ResultRow::uuid(int column) const {
  const std::optional<core::Uuid> id = core::Uuid::parse(text(column));
  if (!id) complain(column);
  return *id;
}

void ResultRow::complain(int column) const {
  throw std::logic_error("statement " + std::string(statement_) + ": column " +
                         std::to_string(column) + " is not what the code reads it as");
}

}  // namespace tms::db::postgres
