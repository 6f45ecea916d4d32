#include "backend/hosts/server/connection_counter.h"

#include <utility>

namespace tms::hosts {

ConnectionCounter::ConnectionCounter(std::size_t most,
                                     std::size_t per_source,
                                     TrustedProxies trusted)
    : most_(most), per_source_(per_source), trusted_(std::move(trusted)) {}

bool ConnectionCounter::enter(const IpAddress& peer) {
  const std::scoped_lock lock(mutex_);
  if (counts(peer)) {
    std::size_t& count = by_source_[peer.source().to_string()];
    if (count >= per_source_) return false;
    ++count;
  }
  ++total_;
  return true;
}

void ConnectionCounter::leave(const IpAddress& peer) {
  const std::scoped_lock lock(mutex_);
  if (counts(peer)) {
    const auto found = by_source_.find(peer.source().to_string());
    if (found != by_source_.end() && --found->second == 0) by_source_.erase(found);
  }
  if (--total_ == 0) empty_.notify_all();
}

std::size_t ConnectionCounter::total() const {
  const std::scoped_lock lock(mutex_);
  return total_;
}

bool ConnectionCounter::wait_until_empty(std::chrono::steady_clock::time_point deadline) {
  std::unique_lock lock(mutex_);
  return empty_.wait_until(lock, deadline, [this] { return total_ == 0; });
}

bool ConnectionCounter::counts(const IpAddress& peer) const {
  return per_source_ != 0 && !trusted_.contains(peer);
}

}  // namespace tms::hosts
