#include "backend/db/postgres/postgres_database.h"

#include <algorithm>
#include <stdexcept>
#include <thread>
#include <utility>

#include "backend/db/postgres/background_writer.h"
#include "backend/db/postgres/connection_pool.h"
#include "backend/db/postgres/postgres_schema.h"
#include "backend/db/postgres/postgres_transaction.h"

namespace tms::db {
namespace {

using namespace std::chrono_literals;
using postgres::PostgresTransaction;

// Deadlocks resolve by the first repetition; more are a guard against many writers of one list.
constexpr int kMostConflicts = 5;
// The first loss may be any idle cut or restart; the second is a server that is not well.
constexpr int kMostLosses = 1;
constexpr std::size_t kBackgroundTasks = 256;
constexpr auto kBackgroundDeadline = 10s;
constexpr auto kStartDeadline = 10s;

constexpr Statement kDurabilitySettings{"postgres_durability_settings", R"sql(
select name, setting
from pg_settings
where (name in ('fsync', 'full_page_writes') and setting <> 'on')
   or (name = 'synchronous_commit' and setting in ('off', 'local'))
   or (name = 'data_sync_retry' and setting <> 'off')
order by name)sql"};

std::string version_text(int version) {
  return std::to_string(version / 10'000) + "." + std::to_string(version % 10'000);
}

/// A second connection of the pool inside a transaction would let all threads wait for each other.
class OneTransactionPerThread {
 public:
  OneTransactionPerThread() {
    if (active) throw std::logic_error("a transaction was begun inside another one");
    active = true;
  }
  ~OneTransactionPerThread() { active = false; }
  OneTransactionPerThread(const OneTransactionPerThread&) = delete;
  OneTransactionPerThread& operator=(const OneTransactionPerThread&) = delete;

 private:
  static thread_local bool active;
};

thread_local bool OneTransactionPerThread::active = false;

/// Which failed attempts of a transaction may be followed by another one.
class Attempts {
 public:
  explicit Attempts(core::Deadline deadline) : deadline_(deadline) {}

  [[nodiscard]] bool again_after_loss(bool commit_sent) {
    return !commit_sent && losses_++ < kMostLosses;
  }

  /// Waits a little, differently long on every connection, so that the same two do not meet again.
  [[nodiscard]] bool again_after_conflict(int backend_pid) {
    if (++conflicts_ > kMostConflicts) return false;
    const auto pause = conflicts_ * (2ms + backend_pid % 16 * 1ms);
    if (std::chrono::steady_clock::now() + pause >= deadline_) return false;
    std::this_thread::sleep_for(pause);
    return true;
  }

 private:
  core::Deadline deadline_;
  int losses_ = 0;
  int conflicts_ = 0;
};

}  // namespace

struct PostgresDatabase::Parts {
  explicit Parts(const PostgresOptions& options)
      : settings(options.url,
                 {.statement = options.statement_timeout,
                  .lock = options.lock_timeout,
                  .idle_in_transaction = options.idle_in_transaction_timeout,
                  .connect = options.connect_timeout},
                 options.password),
        migrations(options.migrations),
        background_writes(options.background_writes),
        pool(settings,
             std::max<std::size_t>(options.connections, 1),
             options.max_connection_age,
             options.wake_window),
        background(kBackgroundTasks) {}

  void run(PostgresTransaction::Kind kind, Work work, core::Deadline deadline);
  bool run_once(PostgresTransaction::Kind kind,
                Work work,
                core::Deadline deadline,
                Attempts& attempts);

  postgres::ConnectionSettings settings;
  std::span<const Migration> migrations;
  bool background_writes;
  postgres::ConnectionPool pool;
  postgres::BackgroundWriter background;
};

PostgresDatabase::PostgresDatabase(const PostgresOptions& options)
    : parts_(std::make_unique<Parts>(options)) {}

PostgresDatabase::~PostgresDatabase() = default;

void PostgresDatabase::read(Work work, core::Deadline deadline) {
  parts_->run(PostgresTransaction::Kind::read, work, deadline);
}

void PostgresDatabase::read_one(Work work, core::Deadline deadline) {
  parts_->run(PostgresTransaction::Kind::read_one, work, deadline);
}

void PostgresDatabase::write(Work work, core::Deadline deadline) {
  parts_->run(PostgresTransaction::Kind::write, work, deadline);
}

void PostgresDatabase::Parts::run(PostgresTransaction::Kind kind,
                                  Work work,
                                  core::Deadline deadline) {
  Attempts attempts(deadline);
  while (!run_once(kind, work, deadline, attempts)) {
  }
}

bool PostgresDatabase::Parts::run_once(PostgresTransaction::Kind kind,
                                       Work work,
                                       core::Deadline deadline,
                                       Attempts& attempts) {
  std::vector<std::function<void()>> hooks;
  int backend_pid = 0;
  bool commit_sent = false;
  try {
    const OneTransactionPerThread guard;
    const auto connection = pool.borrow(deadline);
    backend_pid = connection->backend_pid();
    PostgresTransaction transaction(*connection, kind, deadline);
    try {
      work(transaction);
      transaction.finish();
    } catch (...) {
      commit_sent = transaction.commit_sent();
      throw;
    }
    hooks = transaction.take_hooks();
  } catch (const postgres::ConnectionLost&) {
    if (!attempts.again_after_loss(commit_sent)) throw;
    return false;
  } catch (const postgres::Conflict&) {
    // The server has rolled back, even when it was COMMIT that failed.
    if (!attempts.again_after_conflict(backend_pid)) throw;
    return false;
  }
  for (const auto& hook : hooks)
    hook();
  return true;
}

void PostgresDatabase::write_later(std::function<void(Transaction&)> work) {
  auto task = [this, work = std::move(work)] {
    write(work, std::chrono::steady_clock::now() + kBackgroundDeadline);
  };
  if (parts_->background_writes) {
    parts_->background.add(std::move(task));
    return;
  }
  try {
    task();
    // NOLINTNEXTLINE(bugprone-empty-catch): failures are dropped, as promised
  } catch (const std::exception&) {
  }
}

SchemaStatus PostgresDatabase::check_schema() {
  const core::Deadline deadline = std::chrono::steady_clock::now() + kStartDeadline;
  return postgres::check_schema(*parts_->pool.borrow(deadline), parts_->migrations);
}

SchemaStatus PostgresDatabase::migrate() {
  postgres::Connection connection(parts_->settings,
                                  std::chrono::steady_clock::now() + kStartDeadline);
  return postgres::migrate(connection, parts_->migrations);
}

std::string PostgresDatabase::description() {
  const auto connection = parts_->pool.borrow(std::chrono::steady_clock::now() + kStartDeadline);
  return "PostgreSQL " + version_text(connection->server_version());
}

std::vector<std::string> PostgresDatabase::warnings() {
  std::vector<std::string> found;
  read(
      [&](Transaction& transaction) {
        found.clear();
        transaction.query(kDurabilitySettings, [&](const Row& row) {
          found.push_back("PostgreSQL's setting " + std::string(row.text(0)) + " is " +
                          std::string(row.text(1)) +
                          ": acknowledged writes can be lost when the machine fails.");
        });
      },
      std::chrono::steady_clock::now() + kStartDeadline);
  return found;
}

}  // namespace tms::db
