#include "backend/db/sqlite/reader_pool.h"

#include <utility>

#include "backend/db/sqlite/sqlite_transaction.h"

namespace tms::db::sqlite {
namespace {

using namespace std::chrono_literals;

constexpr Statement kBegin{"sqlite_begin_read", "begin"};
constexpr Statement kEnd{"sqlite_end_read", "rollback"};

/// Ends the read transaction on every way out: a snapshot that stays keeps the WAL growing.
class Snapshot {
 public:
  explicit Snapshot(Connection& connection) : connection_(connection) { connection_.run(kBegin); }
  ~Snapshot() {
    connection_.set_deadline(core::Deadline::max());
    try {
      if (connection_.in_transaction()) connection_.run(kEnd);
    } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): begin() will fail and tell
    }
  }
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace

/// A reader for the time of one call. It goes back without a deadline.
class ReaderPool::Loan {
 public:
  Loan(ReaderPool& pool, core::Deadline deadline) : pool_(pool), reader_(pool.borrow(deadline)) {}
  ~Loan() {
    reader_->set_deadline(core::Deadline::max());
    pool_.give_back(std::move(reader_));
  }
  Loan(const Loan&) = delete;
  Loan& operator=(const Loan&) = delete;

  [[nodiscard]] Connection& reader() { return *reader_; }

 private:
  ReaderPool& pool_;
  std::unique_ptr<Connection> reader_;
};

void ReaderPool::read(Database::Work work, core::Deadline deadline) {
  Loan loan(*this, deadline);
  const Snapshot snapshot(loan.reader());
  loan.reader().set_deadline(deadline);
  SqliteTransaction transaction(loan.reader());
  work(transaction);
  transaction.require_success();
}

void ReaderPool::read_one(Database::Work work, core::Deadline deadline) {
  Loan loan(*this, deadline);
  loan.reader().set_deadline(deadline);
  SqliteTransaction transaction(loan.reader(), SqliteTransaction::Length::one_statement);
  work(transaction);
  transaction.require_success();
}

std::unique_ptr<Connection> ReaderPool::borrow(core::Deadline deadline) {
  {
    std::unique_lock lock(mutex_);
    if (!freed_.wait_until(lock, deadline, [this] { return !idle_.empty() || open_ < limit_; })) {
      throw Unavailable("every reader is busy", 1s, Unavailable::Reason::overloaded);
    }
    if (!idle_.empty()) {
      auto reader = std::move(idle_.back());
      idle_.pop_back();
      return reader;
    }
    ++open_;
  }
  try {
    return std::make_unique<Connection>(file_, Connection::Role::reader);
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

void ReaderPool::give_back(std::unique_ptr<Connection> reader) {
  {
    const std::scoped_lock lock(mutex_);
    if (reader) {
      idle_.push_back(std::move(reader));
    } else {
      --open_;
    }
  }
  freed_.notify_one();
}

}  // namespace tms::db::sqlite
