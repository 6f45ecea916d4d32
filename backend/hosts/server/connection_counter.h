#pragma once

#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <string>

#include "backend/hosts/app/ip_address.h"
#include "backend/hosts/app/trusted_proxies.h"

namespace tms::hosts {

/// Counts open connections, in all and by source. Safe to use on many threads.
class ConnectionCounter {
 public:
  /// `per_source` 0: sources are not counted.
  ConnectionCounter(std::size_t most, std::size_t per_source, TrustedProxies trusted);

  /// False when the source has as many as it may; then nothing is counted. A trusted proxy speaks
  /// for many, and may have any number.
  [[nodiscard]] bool enter(const IpAddress& peer);

  void leave(const IpAddress& peer);

  [[nodiscard]] std::size_t total() const;
  [[nodiscard]] bool is_full() const { return total() >= most_; }

  /// Returns whether the last connection left before `deadline`.
  bool wait_until_empty(std::chrono::steady_clock::time_point deadline);

 private:
  [[nodiscard]] bool counts(const IpAddress& peer) const;

  const std::size_t most_;
  const std::size_t per_source_;
  const TrustedProxies trusted_;
  mutable std::mutex mutex_;
  std::condition_variable empty_;
  std::size_t total_ = 0;
  std::map<std::string, std::size_t, std::less<>> by_source_;
};

}  // namespace tms::hosts
