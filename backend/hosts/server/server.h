#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <stdexcept>

#include "backend/core/result.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/app/settings.h"
#include "backend/hosts/server/site.h"

namespace tms::hosts {

/// The server cannot listen; the text says why and what to do, in one line.
class ListenFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// HTTP/1.1 on one address, over TLS when the settings name a certificate: a few I/O threads, each with its own event loop. The first accepts and
/// hands connections to the threads in turn; each connection then stays on its thread.
class Server {
 public:
  /// Binds and listens, but answers nobody before `start`. Throws ListenFailed, also when the
  /// certificate or its key cannot be used.
  Server(const Settings& settings, Site& site, EventLog& log);

  /// As stop().
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// The port: the one of the settings, or the one that the kernel chose for 0.
  [[nodiscard]] std::uint16_t port() const;

  [[nodiscard]] std::size_t connections() const;

  void start();

  /// Reads certificate and key anew; connections that are there keep the old ones. After an error
  /// new ones do so, too. Without TLS nothing happens.
  core::Result<void> reload_certificate();

  /// Accepts nothing more, closes idle connections, gives requests in flight the time of
  /// TMS_SHUTDOWN_TIMEOUT and closes what is left. Returns when every handler has returned.
  void stop();

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace tms::hosts
