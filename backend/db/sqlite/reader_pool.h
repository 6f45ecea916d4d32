#pragma once

#include <condition_variable>
#include <filesystem>
#include <memory>
#include <mutex>
#include <vector>

#include "backend/db/sqlite/connection.h"

namespace tms::db::sqlite {

/// Read-only connections, opened when first needed and lent to one thread at a time. The one given
/// back last is lent first: its cache is warm.
class ReaderPool {
 public:
  ReaderPool(std::filesystem::path file, std::size_t limit)
      : file_(std::move(file)), limit_(limit) {}

  /// Runs `work` on one consistent snapshot. Throws Unavailable(overloaded) when no reader comes
  /// free, or the work does not end, before `deadline`.
  void read(Database::Work work, core::Deadline deadline);

  /// The same for one statement, which is a snapshot by itself.
  void read_one(Database::Work work, core::Deadline deadline);

 private:
  class Loan;

  std::unique_ptr<Connection> borrow(core::Deadline deadline);
  void give_back(std::unique_ptr<Connection> reader);

  std::filesystem::path file_;
  std::size_t limit_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  std::size_t open_ = 0;
};

}  // namespace tms::db::sqlite
