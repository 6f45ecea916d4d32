#include "backend/tests/faults/power_cut/ledger.h"

#include <exception>

#include "backend/tests/support/databases.h"

namespace tms::tests {
namespace {

// A table of the real schema whose rows belong to nobody. Number n is the rows `n` and `n again`.
constexpr db::Statement kInsert{"ledger_insert", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, $2, 0, 0, 0))sql"};

constexpr db::Statement kSelect{"ledger_select", R"sql(
select count, count(*)
from throttles
group by count
order by count)sql"};

constexpr db::Statement kIntegrity{"ledger_integrity_check", "pragma integrity_check"};

}  // namespace

std::string Ledger::Findings::text() const {
  std::string all;
  for (const auto* list : {&lost, &phantom, &halved, &damage}) {
    for (const std::string& one : *list)
      all += one + "; ";
  }
  return all;
}

bool Ledger::write(db::SqliteDatabase& database, std::size_t bytes) {
  std::int64_t number = 0;
  {
    const std::scoped_lock lock(mutex_);
    number = next_++;
    writes_[number] = State::sent;
  }
  const std::string name = std::to_string(number);
  const std::string text(bytes, 'x');
  try {
    database.write(
        [&](db::Transaction& transaction) {
          transaction.execute(kInsert, name + text, number);
          transaction.execute(kInsert, name + " again", number);
        },
        soon());
  } catch (const std::exception&) {
    return false;
  }
  const std::scoped_lock lock(mutex_);
  writes_[number] = State::acknowledged;
  ++acknowledged_;
  return true;
}

Ledger::Findings Ledger::check(db::SqliteDatabase& database) {
  std::map<std::int64_t, std::int64_t> stored;
  Findings findings;
  database.read(
      [&](db::Transaction& transaction) {
        transaction.query(kIntegrity, [&](const db::Row& row) {
          if (row.text(0) != "ok") findings.damage.emplace_back(row.text(0));
        });
        transaction.query(kSelect,
                          [&](const db::Row& row) { stored[row.integer(0)] = row.integer(1); });
      },
      soon());

  const std::scoped_lock lock(mutex_);
  for (const auto& [number, rows] : stored) {
    const auto known = writes_.find(number);
    if (known == writes_.end() || known->second == State::gone) {
      findings.phantom.push_back("write " + std::to_string(number) + " is there");
    }
    if (rows != 2) findings.halved.push_back("write " + std::to_string(number) + " is half there");
  }
  for (auto& [number, state] : writes_) {
    const bool there = stored.contains(number);
    if (!there && state == State::acknowledged) {
      findings.lost.push_back("write " + std::to_string(number) + " is lost");
    }
    state = there ? State::acknowledged : State::gone;
  }
  return findings;
}

std::int64_t Ledger::acknowledged() {
  const std::scoped_lock lock(mutex_);
  return acknowledged_;
}

}  // namespace tms::tests
