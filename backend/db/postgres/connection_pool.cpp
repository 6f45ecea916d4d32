#include "backend/db/postgres/connection_pool.h"

#include <algorithm>
#include <string>
#include <thread>
#include <utility>

namespace tms::db::postgres {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::milliseconds kFirstWakePause{100};
constexpr std::chrono::milliseconds kLongestWakePause{1'000};

}  // namespace

ConnectionPool::Loan ConnectionPool::borrow(core::Deadline deadline) {
  for (;;) {
    std::unique_ptr<Connection> idle = take_idle(deadline);
    if (!idle) break;
    if (fit(*idle) && idle->ready(deadline)) return {*this, std::move(idle)};
    // Ended by the server, or too old. Its place is ours: free it and look again.
    idle.reset();
    give_back(nullptr);
  }
  try {
    return {*this, open(deadline)};
  } catch (...) {
    give_back(nullptr);
    throw;
  }
}

std::unique_ptr<Connection> ConnectionPool::open(core::Deadline deadline) {
  const auto begun = std::chrono::steady_clock::now();
  if (begun > deadline) {
    throw Unavailable("no time is left to connect", 1s, Unavailable::Reason::overloaded);
  }
  if (wake_window_ > 0ms) return open_awake(deadline);
  BackOff::Attempt attempt = back_off_.begin();
  try {
    auto opened = std::make_unique<Connection>(settings_, deadline);
    attempt.succeed();
    return opened;
  } catch (const Unavailable&) {
    // One hurried caller must not make the server look down to all the others.
    const bool hurried = deadline < begun + settings_.limits().connect;
    if (hurried && std::chrono::steady_clock::now() >= deadline) attempt.abandon();
    throw;
  }
}

// No back-off and no prober here: one request at a time waits for the server to wake, and the first
// refusals (no route, starting up, too many clients, even "no pg_hba.conf entry") mean nothing yet.
std::unique_ptr<Connection> ConnectionPool::open_awake(core::Deadline deadline) {
  const auto end = std::min(deadline, std::chrono::steady_clock::now() + wake_window_);
  for (auto pause = kFirstWakePause;; pause = std::min(pause * 2, kLongestWakePause)) {
    try {
      return std::make_unique<Connection>(settings_, end);
    } catch (const Unavailable& cause) {
      if (std::chrono::steady_clock::now() + pause >= end) {
        throw Unavailable(std::string("the database did not wake in time: ") + cause.what(), 5s,
                          Unavailable::Reason::waking);
      }
    }
    std::this_thread::sleep_for(pause);
  }
}

std::unique_ptr<Connection> ConnectionPool::take_idle(core::Deadline deadline) {
  std::unique_lock lock(mutex_);
  if (!freed_.wait_until(lock, deadline, [this] { return !idle_.empty() || places_ < limit_; })) {
    throw Unavailable("every connection is busy", 1s, Unavailable::Reason::overloaded);
  }
  if (idle_.empty()) {
    ++places_;
    return nullptr;
  }
  std::unique_ptr<Connection> taken = std::move(idle_.back());
  idle_.pop_back();
  return taken;
}

void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  // Closed outside of the lock: saying goodbye takes a system call or two.
  if (connection && !fit(*connection)) connection.reset();
  {
    const std::scoped_lock lock(mutex_);
    if (connection) {
      idle_.push_back(std::move(connection));
    } else {
      --places_;
    }
  }
  freed_.notify_one();
}

bool ConnectionPool::fit(const Connection& connection) const {
  return !connection.broken() &&
         std::chrono::steady_clock::now() - connection.opened_at() < max_age_;
}

}  // namespace tms::db::postgres
