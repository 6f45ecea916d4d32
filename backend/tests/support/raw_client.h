#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

namespace tms::tests {

/// One answer as it came over the wire.
struct RawResponse {
  /// 0: the connection ended without an answer.
  int status = 0;
  std::string head;
  std::string body;

  /// The value of a header (name in lower case), or empty.
  [[nodiscard]] std::string header(std::string_view name) const;
};

/// A TCP connection to loopback that sends bytes as given, however wrong. Every wait ends after ten
/// seconds at most.
class RawClient {
 public:
  explicit RawClient(std::uint16_t port);
  ~RawClient();
  RawClient(const RawClient&) = delete;
  RawClient& operator=(const RawClient&) = delete;

  /// Sends all bytes; stops silently when the server has closed.
  void send(std::string_view bytes);

  /// No more bytes will come from this side.
  void finish_sending();

  /// Reads one answer by its Content-Length. `head_only`: the answer to a HEAD request.
  RawResponse receive(bool head_only = false);

  /// Reads exactly that many bytes, fewer when the connection ends.
  std::string receive_bytes(std::size_t count);

  /// Whether the server closes the connection, after whatever it still sends, within `timeout`.
  bool is_closed_within(std::chrono::milliseconds timeout);

 private:
  bool fill(std::chrono::milliseconds timeout);

  int socket_;
  std::string received_;
};

}  // namespace tms::tests
