#include "backend/db/sqlite/writer.h"

#include <array>
#include <memory>
#include <new>
#include <stdexcept>
#include <string>
#include <utility>

#include "backend/db/sqlite/handover.h"

namespace tms::db::sqlite {
namespace {

using namespace std::chrono_literals;

// Beyond this a larger batch gains little and keeps its first job waiting.
constexpr std::size_t kMostJobsInBatch = 64;

// The jobs stay in their queue until there is some.
constexpr auto kPauseWithoutMemory = 10ms;

constexpr Statement kBegin{"sqlite_begin_immediate", "begin immediate"};
constexpr Statement kCommit{"sqlite_commit", "commit"};
constexpr Statement kRollBack{"sqlite_rollback", "rollback"};
constexpr Statement kSavepoint{"sqlite_savepoint", "savepoint job"};
constexpr Statement kRelease{"sqlite_release", "release job"};
constexpr Statement kRollBackTo{"sqlite_rollback_to", "rollback to job"};

[[noreturn]] void refuse_late() {
  throw Unavailable("the deadline passed in the write queue", 1s, Unavailable::Reason::overloaded);
}

void require_time(core::Deadline deadline) {
  if (std::chrono::steady_clock::now() > deadline) refuse_late();
}

[[noreturn]] void throw_lost_with_batch(const std::exception_ptr& cause) {
  try {
    std::rethrow_exception(cause);
  } catch (const Unavailable& error) {
    // Built anew, not copied: copies share their text between threads.
    throw Unavailable(std::string(error.what()), error.retry_after(), error.reason());
  } catch (const std::exception& error) {
    // Whoever's fault it was, the others may try again.
    throw Unavailable(std::string("the transaction of this batch failed: ") + error.what(), 1s);
  }
}

/// Without memory for its text it is std::bad_alloc: everybody has to be told something.
std::exception_ptr lost_with_batch(const std::exception_ptr& cause) noexcept {
  try {
    throw_lost_with_batch(cause);
  } catch (...) {
    return std::current_exception();
  }
}

/// For calls that have nobody left to tell: hooks and completions must not throw.
template <class Action>
void run_quietly(const Action& action) noexcept {
  try {
    action();
  } catch (...) {  // NOLINT(bugprone-empty-catch): the commit stands, the others must hear of it
  }
}

/// Around whatever may change what readers see.
class Change {
 public:
  explicit Change(std::atomic<std::uint64_t>& commits) : commits_(commits) { ++commits_; }
  ~Change() {
    if (nothing_changed_) {
      --commits_;
    } else {
      ++commits_;
    }
  }
  Change(const Change&) = delete;
  Change& operator=(const Change&) = delete;

  /// Readers see what they saw before.
  void nothing_changed() { nothing_changed_ = true; }

 private:
  std::atomic<std::uint64_t>& commits_;
  bool nothing_changed_ = false;
};

class Flag {
 public:
  explicit Flag(bool& flag) : flag_(flag) { flag = true; }
  ~Flag() { flag_ = false; }
  Flag(const Flag&) = delete;
  Flag& operator=(const Flag&) = delete;

 private:
  bool& flag_;
};

}  // namespace

Writer::Writer(const std::filesystem::path& file, std::size_t queue_limit)
    : connection_(file, Connection::Role::writer), place_(file), queue_(queue_limit) {
  thread_ = std::thread([this] {
    own_thread_ = std::this_thread::get_id();
    take_batches();
  });
}

Writer::~Writer() {
  queue_.close();
  thread_.join();
}

void Writer::write(Database::Work work, core::Deadline deadline) {
  if (on_own_thread()) {
    run_joined(work, deadline);
    return;
  }
  wait_for({.run = [this, work, deadline] { run_joined(work, deadline); },
            .complete = {},
            .deadline = deadline,
            .alone = false});
}

void Writer::submit(std::function<void()> job, std::function<void(std::exception_ptr)> completion) {
  queue_.push({.run = std::move(job), .complete = std::move(completion)});
}

void Writer::run_alone(std::function<void(Connection&)> work) {
  if (on_own_thread()) throw std::logic_error("run_alone was called on the writer thread");
  wait_for({.run =
                [this, &work] {
                  const Change change(commits_);
                  work(connection_);
                },
            .complete = {},
            .deadline = core::Deadline::max(),
            .alone = true});
}

std::optional<std::uint64_t> Writer::data_version() const {
  const std::uint64_t commits = commits_.load();
  if (commits % 2 != 0 || on_own_thread() || !place_.was_there_lately()) return std::nullopt;
  return commits;
}

void Writer::wait_for(WriteJob job) {
  // Shared: the waiting thread may be gone while the writer is still leaving `tell`.
  const auto done = std::make_shared<Handover>();
  job.complete = [done](std::exception_ptr error) { done->tell(std::move(error)); };
  const core::Deadline deadline = job.deadline;
  const std::uint64_t ticket = queue_.push(std::move(job));
  if (!done->wait_until(deadline) && queue_.remove(ticket)) refuse_late();
  // Once begun it is too late to leave: the work refers to this thread's stack.
  done->get();
}

void Writer::take_batches() {
  for (;;) {
    std::vector<WriteJob> batch;
    try {
      batch = queue_.take(kMostJobsInBatch);
    } catch (const std::bad_alloc&) {
      std::this_thread::sleep_for(kPauseWithoutMemory);
      continue;
    }
    if (batch.empty()) return;
    if (batch.front().alone) {
      run_by_itself(batch.front());
    } else {
      run_batch(batch);
    }
    connection_.checkpoint_when_due();
  }
}

void Writer::run_by_itself(WriteJob& job) {
  std::exception_ptr error = run_job(job);
  run_quietly([&] { job.complete(std::move(error)); });
}

void Writer::run_batch(std::vector<WriteJob>& batch) {
  std::array<std::exception_ptr, kMostJobsInBatch> errors;
  batch_error_ = nullptr;
  hooks_.clear();
  begin();
  for (std::size_t index = 0; index < batch.size(); ++index)
    errors[index] = run_job(batch[index]);
  commit();
  // Durable from here on, or lost: only now anybody may hear of it.
  if (!batch_error_) {
    for (const auto& hook : std::exchange(hooks_, {}))
      run_quietly(hook);
  }
  for (std::size_t index = 0; index < batch.size(); ++index) {
    if (batch_error_ && !errors[index]) errors[index] = lost_with_batch(batch_error_);
    if (batch[index].complete) {
      run_quietly([&] { batch[index].complete(std::move(errors[index])); });
    }
    // What it holds must not wait for a checkpoint.
    batch[index] = {};
  }
}

void Writer::begin() {
  try {
    // A roll-back that failed on a broken disk is made up for here.
    if (connection_.in_transaction()) connection_.run(kRollBack);
    require_in_place();
    pages_before_ = connection_.pages_written();
    connection_.run(kBegin);
    batch_open_ = true;
  } catch (const std::exception&) {
    batch_error_ = std::current_exception();
  }
}

std::exception_ptr Writer::run_job(WriteJob& job) {
  try {
    require_time(job.deadline);
    if (batch_error_ && !job.alone) return lost_with_batch(batch_error_);
    job.run();
    return nullptr;
  } catch (...) {
    return std::current_exception();
  }
}

void Writer::commit() {
  if (!batch_error_) {
    try {
      Change change(commits_);
      connection_.run(kCommit);
      // So it is every few seconds: the mail's thread asks in a transaction what is due.
      if (!wrote_pages()) change.nothing_changed();
    } catch (const std::exception&) {
      batch_error_ = std::current_exception();
    }
  }
  if (batch_error_) {
    note_failure();
    roll_back();
  } else if (wrote_pages()) {
    failing_ = false;
  }
  batch_open_ = false;
}

bool Writer::wrote_pages() const {
  return connection_.pages_written() != pages_before_;
}

// Before the roll-back, whose own result would hide why the disk refused.
void Writer::note_failure() {
  try {
    std::rethrow_exception(batch_error_);
  } catch (const Unavailable& error) {
    if (error.reason() == Unavailable::Reason::unreachable && !connection_.disk_full()) {
      failing_ = true;
    }
  } catch (const std::exception&) {  // NOLINT(bugprone-empty-catch): a mistake of ours, no disk's
  }
}

void Writer::roll_back() noexcept {
  if (!connection_.in_transaction()) return;
  run_quietly([this] { connection_.run(kRollBack); });
}

void Writer::run_joined(Database::Work work, core::Deadline deadline) {
  require_open_batch(deadline);
  const Flag in_work(in_work_);
  SqliteTransaction transaction(connection_);
  try {
    connection_.run(kSavepoint);
    work(transaction);
    transaction.require_success();
    if (transaction.rolled_back()) connection_.run(kRollBackTo);
    connection_.run(kRelease);
  } catch (...) {
    undo_joined(std::current_exception());
    throw;
  }
  if (transaction.rolled_back()) return;
  for (auto& hook : transaction.take_hooks())
    hooks_.push_back(std::move(hook));
}

void Writer::undo_joined(const std::exception_ptr& error) {
  // After some errors (a full disk) SQLite has rolled back the whole transaction by itself, and
  // with it the jobs before this one.
  if (!connection_.in_transaction()) {
    batch_error_ = error;
    return;
  }
  try {
    connection_.run(kRollBackTo);
    connection_.run(kRelease);
  } catch (const std::exception&) {
    batch_error_ = std::current_exception();
  }
}

void Writer::read_in_batch(Database::Work work, core::Deadline deadline) {
  require_open_batch(deadline);
  const Flag in_work(in_work_);
  SqliteTransaction transaction(connection_);
  connection_.run(kSavepoint);
  try {
    work(transaction);
    transaction.require_success();
  } catch (...) {
    undo_joined(std::current_exception());
    throw;
  }
  // A read changes nothing, whatever its statements were.
  connection_.run(kRollBackTo);
  connection_.run(kRelease);
}

void Writer::require_open_batch(core::Deadline deadline) const {
  if (!batch_open_) throw std::logic_error("the writer thread uses the database outside of a job");
  if (in_work_) throw std::logic_error("a transaction was begun inside another one");
  if (batch_error_) throw_lost_with_batch(batch_error_);
  require_time(deadline);
}

}  // namespace tms::db::sqlite
