#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "backend/db/database.h"

struct pg_result;

namespace tms::db::postgres {

/// The types of a result's columns (pg_type.oid), asked once for all its rows.
std::vector<unsigned> column_types(const pg_result* result);

/// One row of a result in binary form: numbers of 2, 4 or 8 bytes, texts, ids. Lives no longer than what it is made of.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): final, and never deleted by a base
class ResultRow final : public Row {
 public:
  ResultRow(const pg_result* result,
            std::span<const unsigned> types,
            int row,
            std::string_view statement)
      : result_(result), types_(types), row_(row), statement_(statement) {}

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] core::Uuid uuid(int column) const override;

 private:
  [[nodiscard]] unsigned type(int column) const;
  /// The value's bytes. PostgreSQL sends a text as it is, and everything else in its own form.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[noreturn]] void complain(int column) const;

  const pg_result* result_;
  std::span<const unsigned> types_;
  int row_;
  std::string_view statement_;
};

}  // namespace tms::db::postgres
