#pragma once

#include <boost/asio/ssl/stream.hpp>
#include <optional>
#include <utility>

namespace tms::hosts {

/// A TCP stream with or without TLS over it: one type, so that what reads and writes HTTP is compiled
/// once. `Tcp` is Beast's stream with timeouts, which hold for what TLS reads and writes, too.
template <class Tcp>
class MaybeTlsStream {
 public:
  using executor_type = typename Tcp::executor_type;

  explicit MaybeTlsStream(typename Tcp::socket_type socket) : tcp_(std::move(socket)) {}

  [[nodiscard]] executor_type get_executor() { return tcp_.get_executor(); }
  [[nodiscard]] Tcp& tcp() { return tcp_; }
  [[nodiscard]] bool has_tls() const { return tls_.has_value(); }

  /// Puts TLS over the connection; takes over `session`.
  template <class Handler>
  void async_handshake(SSL* session, Handler&& handler) {
    tls_.emplace(tcp_, session);
    tls_->async_handshake(boost::asio::ssl::stream_base::server, std::forward<Handler>(handler));
  }

  /// Says goodbye, so that the client can tell the end from a cut.
  template <class Handler>
  void async_shutdown(Handler&& handler) {
    tls_->async_shutdown(std::forward<Handler>(handler));
  }

  template <class Buffers, class Handler>
  void async_read_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_read_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_read_some(buffers, std::forward<Handler>(handler));
    }
  }

  template <class Buffers, class Handler>
  void async_write_some(const Buffers& buffers, Handler&& handler) {
    if (tls_) {
      tls_->async_write_some(buffers, std::forward<Handler>(handler));
    } else {
      tcp_.async_write_some(buffers, std::forward<Handler>(handler));
    }
  }

 private:
  Tcp tcp_;
  std::optional<boost::asio::ssl::stream<Tcp&>> tls_;
};

}  // namespace tms::hosts
