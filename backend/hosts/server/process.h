#pragma once

#include <memory>
#include <string>

#include "backend/core/result.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// The whole server of `tms serve`, built in order and stopped in reverse: database and handlers,
/// pools, HTTP.
class ServerProcess {
 public:
  /// Opens the data folder, database and port, and reads the page. `settings` must outlive it. The
  /// error's log text is one line for the operator.
  static core::Result<std::unique_ptr<ServerProcess>> open(const Settings& settings);

  /// As stop().
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  void start();

  /// What a person at the console reads: the address, and where mails go when they go to files.
  [[nodiscard]] std::string greeting() const;

  /// Reads the certificate and its key anew and logs whether it could; without one it logs that
  /// there is nothing to read. Requests go on meanwhile. See Server::reload_certificate.
  void reload();

  /// Finishes the requests in flight; see Server::stop.
  void stop();

 private:
  struct Parts;
  explicit ServerProcess(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tms::hosts
