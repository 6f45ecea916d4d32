#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>

#include "backend/tests/support/certificate.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {

/// A PostgreSQL server of the test's own, which it may stop and start. Made with Debian's package
/// in a temporary folder, on loopback.
class PostgresCluster {
 public:
  PostgresCluster();
  ~PostgresCluster();
  PostgresCluster(const PostgresCluster&) = delete;
  PostgresCluster& operator=(const PostgresCluster&) = delete;

  [[nodiscard]] std::string url() const;

  /// Waits until the server accepts connections.
  void start();

  /// Starts anew with TLS by this certificate; every address keeps working without it, too.
  void use_tls(const Certificate& certificate);

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// Ends all sessions and waits until the server is gone, as for an update.
  void stop_fast();

  /// The server and all its processes die without a word; it recovers at the next start.
  void crash();

 private:
  void stop_by(int signal);

  TemporaryFolder folder_;
  std::uint16_t port_;
  pid_t server_ = -1;
};

}  // namespace tms::tests
