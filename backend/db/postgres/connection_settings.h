#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <string>

#include "backend/core/clock.h"

namespace tms::db::postgres {

/// How to reach the server and what to ask of it.
class ConnectionSettings {
 public:
  struct Limits {
    /// The server ends a statement that runs longer.
    std::chrono::milliseconds statement{10'000};
    /// … or waits longer for a lock.
    std::chrono::milliseconds lock{5'000};
    /// … or a transaction in which nothing happens.
    std::chrono::milliseconds idle_in_transaction{15'000};
    /// From the first packet to the first statement. libpq ignores its own connect_timeout here.
    std::chrono::milliseconds connect{5'000};
  };

  /// `url` is postgresql://user:password@host:port/database?option=… It must name the user. Without
  /// sslmode in it the certificate of any server but one on this machine is checked (verify-full).
  /// `password`, when given, is asked for each new connection. Throws std::invalid_argument.
  ConnectionSettings(const std::string& url,
                     Limits limits,
                     std::function<std::string()> password = {});

  using Keywords = std::map<std::string, std::string>;

  /// libpq's keywords for one attempt, names resolved. Throws Unavailable.
  [[nodiscard]] Keywords resolve(core::Deadline deadline) const;

  [[nodiscard]] const Limits& limits() const { return limits_; }

 private:
  void choose_certificate_check();
  void add_our_own();

  Keywords keywords_;
  Limits limits_;
  std::function<std::string()> password_;
};

}  // namespace tms::db::postgres
