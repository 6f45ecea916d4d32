#pragma once

#include <functional>
#include <utility>
#include <vector>

#include "backend/db/sqlite/connection.h"

namespace tms::db::sqlite {

using Hooks = std::vector<std::function<void()>>;

/// Statements run at once: there is no round trip to save. The savepoint or transaction around it
/// belongs to the caller.
class SqliteTransaction final : public Transaction {
 public:
  explicit SqliteTransaction(Connection& connection) : connection_(connection) {}

  void flush() override {}
  void roll_back() override { rolled_back_ = true; }
  void after_commit(std::function<void()> action) override { hooks_.push_back(std::move(action)); }
  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }

  [[nodiscard]] bool rolled_back() const { return rolled_back_; }
  [[nodiscard]] Hooks take_hooks() { return std::move(hooks_); }

 private:
  std::size_t run(const Statement& statement,
                  Visitor visit,
                  std::span<const Parameter> parameters) override {
    return connection_.run(statement, visit, parameters);
  }

  void enqueue(const Statement& statement,
               StoredVisitor visit,
               std::span<const Parameter> parameters) override {
    connection_.run(statement, visit, parameters);
  }

  Connection& connection_;
  bool rolled_back_ = false;
  Hooks hooks_;
};

}  // namespace tms::db::sqlite
