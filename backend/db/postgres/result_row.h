#pragma once

#include <string_view>

#include "backend/db/database.h"

struct pg_result;

namespace tms::db::postgres {

/// One row of a result in binary form: numbers of 2, 4 or 8 bytes, texts, ids.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): final, and never deleted by a base
class ResultRow final : public Row {
 public:
  ResultRow(const pg_result* result, int row, std::string_view statement)
      : result_(result), row_(row), statement_(statement) {}

  [[nodiscard]] bool is_null(int column) const override;
  [[nodiscard]] std::int64_t integer(int column) const override;
  [[nodiscard]] std::string_view text(int column) const override;
  [[nodiscard]] core::Uuid uuid(int column) const override;

 private:
  /// The value's bytes. PostgreSQL sends a text as it is, and everything else in its own form.
  [[nodiscard]] std::string_view bytes(int column) const;
  [[noreturn]] void complain(int column) const;

  const pg_result* result_;
  int row_;
  std::string_view statement_;
};

}  // namespace tms::db::postgres
