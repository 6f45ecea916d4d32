#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <vector>

#include "backend/db/postgres/back_off.h"
#include "backend/db/postgres/connection.h"

namespace tms::db::postgres {

/// Sessions, opened when first needed and lent to one thread at a time. The one given back last is
/// lent first, so that those which are not needed grow old and are closed.
class ConnectionPool {
 public:
  /// A session on loan; goes back, or is closed if it broke, at the end.
  class Loan {
   public:
    Loan(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Loan() { pool_.give_back(std::move(connection_)); }
    Loan(const Loan&) = delete;
    Loan& operator=(const Loan&) = delete;

    Connection& operator*() const { return *connection_; }
    Connection* operator->() const { return connection_.get(); }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  /// `wake_window`: see PostgresOptions.
  ConnectionPool(ConnectionSettings settings,
                 std::size_t limit,
                 std::chrono::seconds max_age,
                 std::chrono::milliseconds wake_window)
      : settings_(std::move(settings)),
        limit_(limit),
        max_age_(max_age),
        wake_window_(wake_window) {}

  /// Throws Unavailable: overloaded when none comes free before `deadline`, unreachable when the
  /// server cannot be reached or is known to be down, waking when it did not wake in time.
  [[nodiscard]] Loan borrow(core::Deadline deadline);

 private:
  std::unique_ptr<Connection> take_idle(core::Deadline deadline);
  std::unique_ptr<Connection> open(core::Deadline deadline);
  std::unique_ptr<Connection> open_awake(core::Deadline deadline);
  void give_back(std::unique_ptr<Connection> connection);
  [[nodiscard]] bool fit(const Connection& connection) const;

  ConnectionSettings settings_;
  std::size_t limit_;
  std::chrono::seconds max_age_;
  std::chrono::milliseconds wake_window_;
  BackOff back_off_;
  std::mutex mutex_;  // guards everything below
  std::condition_variable freed_;
  std::vector<std::unique_ptr<Connection>> idle_;
  /// Idle and lent ones, and places of those that are being opened.
  std::size_t places_ = 0;
};

}  // namespace tms::db::postgres
