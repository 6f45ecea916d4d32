#include "backend/db/postgres/result_row.h"

#include <libpq-fe.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <type_traits>

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

/// The most significant byte first.
template <class Number>
Number big_endian(std::string_view bytes) {
  std::make_unsigned_t<Number> number = 0;
  for (const char byte : bytes)
    number = static_cast<std::make_unsigned_t<Number>>((number << 8U) |
                                                       static_cast<unsigned char>(byte));
  return static_cast<Number>(number);
}

}  // namespace

bool ResultRow::is_null(int column) const {
  if (column < 0 || column >= PQnfields(result_)) complain(column);
  return PQgetisnull(result_, row_, column) != 0;
}

std::int64_t ResultRow::integer(int column) const {
  const std::string_view value = bytes(column);
  switch (PQftype(result_, column)) {
    case kInt8:
      return big_endian<std::int64_t>(value);
    case kInt4:
      return big_endian<std::int32_t>(value);
    case kInt2:
      return big_endian<std::int16_t>(value);
    default:
      complain(column);
  }
}

std::string_view ResultRow::text(int column) const {
  const std::string_view value = bytes(column);
  const Oid type = PQftype(result_, column);
  if (type != kText && type != kVarchar && type != kName) complain(column);
  return value;
}

core::Uuid ResultRow::uuid(int column) const {
  const std::string_view value = bytes(column);
  core::Uuid id;
  if (PQftype(result_, column) != kUuid || value.size() != id.bytes.size()) complain(column);
  std::copy_n(reinterpret_cast<const std::uint8_t*>(value.data()), id.bytes.size(),
              id.bytes.begin());
  return id;
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
