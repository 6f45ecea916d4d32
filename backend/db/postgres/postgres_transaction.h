#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "backend/db/postgres/connection.h"

namespace tms::db::postgres {

/// One transaction. BEGIN travels with the first statements and COMMIT with the last queued ones:
/// a call that queries once, decides and writes costs two round trips. `read_one` sends one statement
/// alone, which the server takes for a transaction of its own.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): final, and never deleted by a base
class PostgresTransaction final : public Transaction {
 public:
  enum class Kind { read, read_one, write };

  PostgresTransaction(Connection& connection, Kind kind, core::Deadline deadline)
      : connection_(connection), kind_(kind), deadline_(deadline) {}
  /// Rolls back what was neither committed nor rolled back.
  ~PostgresTransaction();
  PostgresTransaction(const PostgresTransaction&) = delete;
  PostgresTransaction& operator=(const PostgresTransaction&) = delete;

  void flush() override;
  void roll_back() override { rolled_back_ = true; }
  void after_commit(std::function<void()> action) override { hooks_.push_back(std::move(action)); }
  [[nodiscard]] Engine engine() const override { return Engine::postgres; }

  /// Commits, or rolls back when that was asked for.
  void finish();

  /// From here on a lost connection leaves it unknown whether the transaction is durable.
  [[nodiscard]] bool commit_sent() const { return commit_sent_; }

  /// After `finish`: what is to run now, nothing after a roll-back.
  [[nodiscard]] std::vector<std::function<void()>> take_hooks() {
    if (rolled_back_) hooks_.clear();
    return std::move(hooks_);
  }

 private:
  std::size_t run(const Statement& statement,
                  Visitor visit,
                  std::span<const Parameter> parameters) override;
  void enqueue(const Statement& statement,
               StoredVisitor visit,
               std::span<const Parameter> parameters) override;
  void begin_if_needed();
  std::size_t send_queued();
  void end_without_waiting();

  Connection& connection_;
  Kind kind_;
  core::Deadline deadline_;
  std::vector<StatementRequest> queued_;
  bool begun_ = false;  // BEGIN is queued or sent
  bool sent_ = false;   // … and sent
  bool failed_ = false;
  bool ended_ = false;
  bool rolled_back_ = false;
  bool commit_sent_ = false;
  std::vector<std::function<void()>> hooks_;
};

}  // namespace tms::db::postgres
