#include "backend/db/postgres/result_row.h"

#include <libpq-fe.h>

#include <algorithm>
#include <boost/endian/conversion.hpp>
#include <stdexcept>
#include <string>

namespace tms::db::postgres {
namespace {

// PostgreSQL's catalog/pg_type.dat: numbers that never change.
constexpr Oid kName = 19;
constexpr Oid kInt8 = 20;
constexpr Oid kInt2 = 21;
constexpr Oid kInt4 = 23;
constexpr Oid kText = 25;
constexpr Oid kVarchar = 1043;
constexpr Oid kUuid = 2950;

}  // namespace

std::vector<unsigned> column_types(const pg_result* result) {
  std::vector<unsigned> types(static_cast<std::size_t>(PQnfields(result)));
  for (std::size_t column = 0; column < types.size(); ++column)
    types[column] = PQftype(result, static_cast<int>(column));
  return types;
}

bool ResultRow::is_null(int column) const {
  if (column < 0 || static_cast<std::size_t>(column) >= types_.size()) complain(column);
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t ResultRow::integer(int column) const {
  const std::string_view value = bytes(column);
  const auto* first = reinterpret_cast<const unsigned char*>(value.data());
  const Oid oid = type(column);
  if (oid == kInt8 && value.size() == 8) return boost::endian::load_big_s64(first);
  if (oid == kInt4 && value.size() == 4) return boost::endian::load_big_s32(first);
  if (oid == kInt2 && value.size() == 2) return boost::endian::load_big_s16(first);
  complain(column);
}

std::string_view ResultRow::text(int column) const {
  const std::string_view value = bytes(column);
  const Oid oid = type(column);
  if (oid != kText && oid != kVarchar && oid != kName) complain(column);
  return value;
}

core::Uuid ResultRow::uuid(int column) const {
  const std::string_view value = bytes(column);
  core::Uuid id;
  if (type(column) != kUuid || value.size() != id.bytes.size()) complain(column);
  std::copy_n(reinterpret_cast<const std::uint8_t*>(value.data()), id.bytes.size(),
              id.bytes.begin());
  return id;
}

// Asked for after the value, so the column is there.
unsigned ResultRow::type(int column) const {
  return types_[static_cast<std::size_t>(column)];
}

std::string_view ResultRow::bytes(int column) const {
  const int length = PQgetlength(result_, row_, column);
  // No column, a null and an empty text have the length 0: so most values need no second question.
  if (length == 0 && is_null(column)) complain(column);
  return {PQgetvalue(result_, row_, column), static_cast<std::size_t>(length)};
}

void ResultRow::complain(int column) const {
  throw std::logic_error("statement " + std::string(statement_) + ": column " +
                         std::to_string(column) + " is not what the code reads it as");
}

}  // namespace tms::db::postgres
