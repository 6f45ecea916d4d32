#include "backend/db/postgres/postgres_transaction.h"

#include <stdexcept>

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

// Read committed: every write takes its list's row lock first, so later statements see all that
// came before.
constexpr Statement kBeginWrite{"postgres_begin_write", "begin isolation level read committed"};
constexpr Statement kBeginRead{"postgres_begin_read",
                               "begin isolation level repeatable read read only"};
constexpr Statement kCommit{"postgres_commit", "commit"};
constexpr Statement kRollBack{"postgres_rollback", "rollback"};

}  // namespace

PostgresTransaction::~PostgresTransaction() {
  end_without_waiting();
}

std::size_t PostgresTransaction::run(const Statement& statement,
                                     Visitor visit,
                                     std::span<const Parameter> parameters) {
  enqueue(statement, visit, parameters);
  return send_queued();
}

void PostgresTransaction::enqueue(const Statement& statement,
                                  StoredVisitor visit,
                                  std::span<const Parameter> parameters) {
  StatementRequest request = make_request(statement, std::move(visit), parameters);
  // To the server's COMMIT of a failed transaction is no error, but a roll-back.
  if (failed_) throw std::logic_error("the transaction goes on after an error");
  begin_if_needed();
  queued_.push_back(std::move(request));
}

void PostgresTransaction::begin_if_needed() {
  if (begun_) {
    if (kind_ == Kind::read_one) {
      throw std::logic_error("a read of one statement ran a second one");
    }
    return;
  }
  begun_ = true;
  if (kind_ == Kind::read_one) return;
  queued_.push_back({kind_ == Kind::write ? &kBeginWrite : &kBeginRead, {}, {}});
}

void PostgresTransaction::flush() {
  if (!queued_.empty()) send_queued();
}

std::size_t PostgresTransaction::send_queued() {
  if (std::chrono::steady_clock::now() > deadline_) {
    throw Unavailable("the deadline of the transaction passed", 1s,
                      Unavailable::Reason::overloaded);
  }
  sent_ = true;
  const std::vector<StatementRequest> requests = std::exchange(queued_, {});
  try {
    return connection_.run(requests, deadline_);
  } catch (...) {
    failed_ = true;
    throw;
  }
}

void PostgresTransaction::finish() {
  if (failed_) throw std::logic_error("an error in the transaction was not passed on");
  if (kind_ != Kind::write) {
    // Statements that were queued and never asked for still have visitors.
    flush();
    end_without_waiting();
    return;
  }
  if (rolled_back_ || !begun_) {
    end_without_waiting();
    return;
  }
  queued_.push_back({&kCommit, {}, {}});
  commit_sent_ = true;
  send_queued();
  ended_ = true;
}

void PostgresTransaction::end_without_waiting() {
  if (ended_) return;
  ended_ = true;
  queued_.clear();
  if (sent_ && kind_ != Kind::read_one) connection_.send_and_forget({&kRollBack, {}, {}});
}

}  // namespace tms::db::postgres
