#pragma once

#include <functional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "backend/db/sqlite/connection.h"

namespace tms::db::sqlite {

using Hooks = std::vector<std::function<void()>>;

/// Statements run at once: there is no round trip to save. The savepoint or transaction around it
/// belongs to the caller.
// NOLINTNEXTLINE(cppcoreguidelines-virtual-class-destructor): final, and never deleted by a base
class SqliteTransaction final : public Transaction {
 public:
  enum class Length { any, one_statement };

  explicit SqliteTransaction(Connection& connection, Length length = Length::any)
      : connection_(connection), length_(length) {}

  void flush() override {}
  void roll_back() override { rolled_back_ = true; }
  void after_commit(std::function<void()> action) override { hooks_.push_back(std::move(action)); }
  [[nodiscard]] Engine engine() const override { return Engine::sqlite; }

  [[nodiscard]] bool rolled_back() const { return rolled_back_; }
  [[nodiscard]] Hooks take_hooks() { return std::move(hooks_); }

  /// To be called when the work has returned: an error must have been passed on.
  void require_success() const {
    if (failed_) throw std::logic_error("an error in the transaction was not passed on");
  }

 private:
  std::size_t run(const Statement& statement,
                  Visitor visit,
                  std::span<const Parameter> parameters) override {
    if (failed_) throw std::logic_error("the transaction goes on after an error");
    if (running_) throw std::logic_error("a visitor used its transaction");
    if (length_ == Length::one_statement && std::exchange(used_, true)) {
      throw std::logic_error("a read of one statement ran a second one");
    }
    running_ = true;
    try {
      const std::size_t rows = connection_.run(statement, visit, parameters);
      running_ = false;
      return rows;
    } catch (...) {
      failed_ = true;
      throw;
    }
  }

  void enqueue(const Statement& statement,
               StoredVisitor visit,
               std::span<const Parameter> parameters) override {
    run(statement, visit, parameters);
  }

  Connection& connection_;
  const Length length_;
  bool used_ = false;
  bool running_ = false;
  bool failed_ = false;
  bool rolled_back_ = false;
  Hooks hooks_;
};

}  // namespace tms::db::sqlite
