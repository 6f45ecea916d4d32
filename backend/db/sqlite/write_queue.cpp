#include "backend/db/sqlite/write_queue.h"

#include <algorithm>
#include <utility>

#include "backend/db/database.h"

namespace tms::db::sqlite {

using namespace std::chrono_literals;

std::uint64_t WriteQueue::push(WriteJob job) {
  std::uint64_t ticket = 0;
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) throw Unavailable("the database is closing", 1s, Unavailable::Reason::overloaded);
    if (waiting_.size() >= limit_) {
      throw Unavailable("the write queue is full", 1s, Unavailable::Reason::overloaded);
    }
    ticket = next_ticket_++;
    waiting_.push_back({ticket, std::move(job)});
  }
  filled_.notify_one();
  return ticket;
}

bool WriteQueue::remove(std::uint64_t ticket) {
  const std::scoped_lock lock(mutex_);
  const auto found = std::ranges::find(waiting_, ticket, &Waiting::ticket);
  if (found == waiting_.end()) return false;
  waiting_.erase(found);
  return true;
}

std::vector<WriteJob> WriteQueue::take(std::size_t most) {
  std::unique_lock lock(mutex_);
  filled_.wait(lock, [this] { return closed_ || !waiting_.empty(); });
  std::vector<WriteJob> taken;
  // Before a job is taken out: without memory all of them stay.
  taken.reserve(std::min(most, waiting_.size()));
  while (!waiting_.empty() && taken.size() < most) {
    const bool alone = waiting_.front().job.alone;
    if (alone && !taken.empty()) break;
    taken.push_back(std::move(waiting_.front().job));
    waiting_.pop_front();
    if (alone) break;
  }
  return taken;
}

void WriteQueue::close() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  filled_.notify_all();
}

}  // namespace tms::db::sqlite
