#pragma once

#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <functional>
#include <memory>
#include <unordered_set>

#include "backend/hosts/app/ip_address.h"
#include "backend/hosts/app/limits.h"
#include "backend/hosts/server/site.h"

namespace tms::hosts {

class Connection;
class TlsKeys;

/// The connections of one I/O thread; touched by that thread alone.
using ConnectionSet = std::unordered_set<Connection*>;

/// What all connections of a server share; outlives them.
struct ConnectionContext {
  Site& site;
  const ServerLimits& limits;
  /// Set once, before the server stops: every answer from then on ends its connection.
  const std::atomic<bool>& draining;
  /// Null: plain HTTP.
  const TlsKeys* tls;
  /// Called on the connection's thread when it is gone.
  std::function<void(const IpAddress& peer)> on_close;
};

/// One client connection: reads a request, has it answered, writes the answer, and so on, one
/// request at a time. Lives on one I/O thread: every member function runs there. Keeps itself alive
/// while an operation is under way.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// Takes over an accepted socket and starts to read.
  static void start(boost::asio::ip::tcp::socket socket,
                    const IpAddress& peer,
                    const ConnectionContext& context,
                    ConnectionSet& set);

  virtual ~Connection() = default;

  /// Called once after `draining` was set: closes the connection when no request is in progress.
  virtual void drain() = 0;

  /// Closes now, whatever is in progress.
  virtual void abort() = 0;
};

}  // namespace tms::hosts
