#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <vector>

#include "backend/db/database.h"

struct sqlite3;
struct sqlite3_stmt;

namespace tms::db::sqlite {

/// A Statement made ready on one connection; used by one thread at a time.
class PreparedStatement {
 public:
  /// Throws StatementFailed when the text is wrong.
  PreparedStatement(sqlite3* connection, const Statement& statement);

  /// Binds, steps to the end, calls `visit` per row and returns the number of rows.
  std::size_t run(Transaction::Visitor visit, std::span<const Parameter> parameters);

  /// It cannot change the database.
  [[nodiscard]] bool read_only() const;

 private:
  struct Finalizer {
    void operator()(sqlite3_stmt* statement) const;
  };

  void map_placeholders();
  void bind(std::span<const Parameter> parameters);
  [[noreturn]] void fail(int code) const;

  sqlite3* connection_;
  const Statement& statement_;
  std::unique_ptr<sqlite3_stmt, Finalizer> handle_;
  /// SQLite's index of $1, $2 …; 0 where the text leaves one out.
  std::vector<int> placeholders_;
};

}  // namespace tms::db::sqlite
