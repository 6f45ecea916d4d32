#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "backend/core/clock.h"
#include "backend/core/function_ref.h"
#include "backend/core/uuid.h"

namespace tms::db {

enum class Engine { sqlite, postgres };

/// One SQL statement, a named constant beside the function that uses it. Placeholders are $1, $2 …
/// in both dialects. Connections prepare it on first use and know it by its address, so it must
/// have static storage. `name` is unique in the code base.
struct Statement {
  std::string_view name;
  std::string_view sql;
  /// Only where SQLite needs another text than PostgreSQL.
  std::string_view sqlite_sql = {};

  [[nodiscard]] constexpr std::string_view text(Engine engine) const {
    return engine == Engine::sqlite && !sqlite_sql.empty() ? sqlite_sql : sql;
  }
};

/// A value for a placeholder; texts and ids are copied or sent before `query`/`queue` return.
/// Where PostgreSQL cannot infer a type from NULL, the statement says `cast($1 as text)`.
class Parameter {
 public:
  using Storage = std::variant<std::nullptr_t, std::int64_t, std::string_view, core::Uuid>;

  // Implicit on purpose: a statement's values are written as they are.
  // NOLINTBEGIN(google-explicit-constructor)
  Parameter(std::nullptr_t) : storage_(nullptr) {}
  Parameter(std::int64_t number) : storage_(number) {}
  Parameter(int number) : storage_(std::int64_t{number}) {}
  Parameter(std::string_view text) : storage_(text) {}
  Parameter(const std::string& text) : storage_(std::string_view(text)) {}
  Parameter(const char* text) : storage_(std::string_view(text)) {}
  Parameter(const core::Uuid& id) : storage_(id) {}
  Parameter(core::Timestamp time) : storage_(core::to_micros(time)) {}
  template <class T>
  Parameter(const std::optional<T>& value)
      : storage_(value ? Parameter(*value).storage_ : Storage(nullptr)) {}
  // NOLINTEND(google-explicit-constructor)

  [[nodiscard]] const Storage& storage() const { return storage_; }

 private:
  Storage storage_;
};

/// One row of a result, valid during the visitor's call only. Columns count from 0. Reading a NULL
/// as number, text or id is a mistake and throws std::logic_error.
class Row {
 public:
  [[nodiscard]] virtual bool is_null(int column) const = 0;
  [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
  [[nodiscard]] virtual std::string_view text(int column) const = 0;
  [[nodiscard]] virtual core::Uuid uuid(int column) const = 0;

  [[nodiscard]] core::Timestamp timestamp(int column) const {
    return core::from_micros(integer(column));
  }

 protected:
  ~Row() = default;
};

/// A transaction in progress. Statements run in the order given; an SQL error throws and ends the
/// transaction. `queue*` may hold statements back to send several in one round trip: they have run
/// when `query`, `flush` or the transaction's end returns.
class Transaction {
 public:
  using Visitor = core::FunctionRef<void(const Row&)>;
  using StoredVisitor = std::function<void(const Row&)>;

  /// Runs what is queued and then this; calls `visit` once per row; returns the number of rows.
  template <class... Args>
  std::size_t query(const Statement& statement, Visitor visit, const Args&... args) {
    if constexpr (sizeof...(Args) == 0) {
      return run(statement, visit, {});
    } else {
      const std::initializer_list<Parameter> parameters{Parameter(args)...};
      return run(statement, visit, {parameters.begin(), parameters.size()});
    }
  }

  /// Runs now, like query; rows are ignored.
  template <class... Args>
  std::size_t execute(const Statement& statement, const Args&... args) {
    return query(
        statement, [](const Row&) {}, args...);
  }

  /// Runs at the next query, flush or end; rows go to `visit`, which must not throw.
  template <class... Args>
  void queue_query(const Statement& statement, StoredVisitor visit, const Args&... args) {
    if constexpr (sizeof...(Args) == 0) {
      enqueue(statement, std::move(visit), {});
    } else {
      const std::initializer_list<Parameter> parameters{Parameter(args)...};
      enqueue(statement, std::move(visit), {parameters.begin(), parameters.size()});
    }
  }

  template <class... Args>
  void queue(const Statement& statement, const Args&... args) {
    queue_query(statement, StoredVisitor([](const Row&) {}), args...);
  }

  /// Waits until everything queued has run.
  virtual void flush() = 0;

  /// The transaction will be rolled back instead of committed when its function returns.
  virtual void roll_back() = 0;

  /// `action` runs once, soon after this transaction is durable; never after a roll-back. It must
  /// not throw and must not use the database on the calling thread.
  virtual void after_commit(std::function<void()> action) = 0;

  [[nodiscard]] virtual Engine engine() const = 0;

 protected:
  ~Transaction() = default;
  virtual std::size_t run(const Statement& statement,
                          Visitor visit,
                          std::span<const Parameter> parameters) = 0;
  virtual void enqueue(const Statement& statement,
                       StoredVisitor visit,
                       std::span<const Parameter> parameters) = 0;
};

/// The database cannot be used now; the caller may try again after `retry_after`.
class Unavailable : public std::runtime_error {
 public:
  enum class Reason { unreachable, waking, overloaded };

  Unavailable(const std::string& log_text,
              std::chrono::seconds retry_after,
              Reason reason = Reason::unreachable)
      : std::runtime_error(log_text), retry_after_(retry_after), reason_(reason) {}

  [[nodiscard]] std::chrono::seconds retry_after() const { return retry_after_; }
  [[nodiscard]] Reason reason() const { return reason_; }

 private:
  std::chrono::seconds retry_after_;
  Reason reason_;
};

/// A statement failed for a reason of its own (a constraint, a mistake in SQL). Never expected:
/// expected conflicts are written as ON CONFLICT.
class StatementFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// Storage with transactions. Safe to use on many threads.
///
/// The functions given to `read` and `write` have no side effect but SQL and values that they
/// overwrite, because they may be run again after a lost connection, and other writers may share
/// their commit. Both throw Unavailable and StatementFailed.
class Database {
 public:
  using Work = core::FunctionRef<void(Transaction&)>;

  virtual ~Database() = default;
  [[nodiscard]] virtual Engine engine() const = 0;

  /// Runs `work` on one consistent snapshot.
  virtual void read(Work work, core::Deadline deadline) = 0;

  /// As `read`, for work that runs exactly one statement: the statement is its own snapshot, and the
  /// messages that begin and end a transaction are saved. A second statement throws std::logic_error.
  virtual void read_one(Work work, core::Deadline deadline) { read(work, deadline); }

  /// Two reads that begin while this stays the same see the same data. Nothing when that cannot be
  /// told: a commit is under way, other processes write too, the file is gone, or the caller is itself
  /// inside a job of the SQLite writer.
  [[nodiscard]] virtual std::optional<std::uint64_t> data_version() const { return std::nullopt; }

  /// Runs `work` in a transaction of its own. When this returns the transaction is durable, save
  /// inside a job of the SQLite writer: there it is durable when the job's completion runs.
  virtual void write(Work work, core::Deadline deadline) = 0;

  /// A write nobody waits for (the time a session was last seen). Failures are dropped.
  virtual void write_later(std::function<void(Transaction&)> work) = 0;
};

}  // namespace tms::db
