#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "backend/db/sqlite/sqlite_database.h"

namespace tms::tests {

/// Writes to the real database code and keeps what became of it: the judge of the simulated disk.
///
/// Every write is one transaction of two rows, so that half of one shows.
class Ledger {
 public:
  struct Findings {
    std::vector<std::string> lost;
    std::vector<std::string> phantom;
    std::vector<std::string> halved;
    std::vector<std::string> damage;

    [[nodiscard]] bool clean() const {
      return lost.empty() && phantom.empty() && halved.empty() && damage.empty();
    }
    [[nodiscard]] std::string text() const;
  };

  /// A further write, from any thread; true when it was acknowledged. `bytes` of text in it.
  bool write(db::SqliteDatabase& database, std::size_t bytes);

  /// Compares, and from here on takes what is stored for settled: a write in doubt that is there
  /// must stay, one that is not must not come back.
  Findings check(db::SqliteDatabase& database);

  [[nodiscard]] std::int64_t acknowledged();

 private:
  enum class State { sent, acknowledged, gone };

  std::mutex mutex_;  // guards everything below
  std::map<std::int64_t, State> writes_;
  std::int64_t next_ = 1;
  std::int64_t acknowledged_ = 0;
};

}  // namespace tms::tests
