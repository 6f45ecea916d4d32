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

void ReaderPool::read(Database::Work work, core::Deadline deadline) {
  std::unique_ptr<Connection> reader = borrow(deadline);
  const auto give_back_later = [this](Connection* lent) {
    give_back(std::unique_ptr<Connection>(lent));
  };
  const std::unique_ptr<Connection, decltype(give_back_later)> loan(reader.release(),
                                                                    give_back_later);
  const Snapshot snapshot(*loan);
  loan->set_deadline(deadline);
  SqliteTransaction transaction(*loan);
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
