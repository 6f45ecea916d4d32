#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tms::tests {

/// A relay on loopback between a client and a server, which can fail as networks do.
class TcpProxy {
 public:
  /// Relays to `port` on 127.0.0.1.
  explicit TcpProxy(std::uint16_t port);
  ~TcpProxy();
  TcpProxy(const TcpProxy&) = delete;
  TcpProxy& operator=(const TcpProxy&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// While true, connections are closed as soon as they are accepted, and so are all open ones.
  void set_down(bool down);

  /// While true nothing is relayed any more, in silence.
  void set_silent(bool silent);

  /// When a client has sent something with `text` in it, the server gets it, and its answer is lost
  /// with the connection. Once.
  void lose_answer_to(const std::string& text);

  /// Connections that were accepted so far.
  [[nodiscard]] int accepted() const;

 private:
  struct Relay {
    int client;
    int server;
    bool answer_is_lost = false;
  };

  void run();
  void accept_one();
  [[nodiscard]] bool pump(Relay& relay, bool from_client);
  void close_all();
  void wake() const;

  std::uint16_t server_port_;
  std::uint16_t port_ = 0;
  int listener_ = -1;
  int wake_read_ = -1;
  int wake_write_ = -1;
  std::vector<Relay> relays_;  // of the thread alone

  mutable std::mutex mutex_;  // guards everything below
  bool stopping_ = false;
  bool down_ = false;
  bool silent_ = false;
  std::string lost_answer_;
  int accepted_ = 0;

  std::thread thread_;
};

}  // namespace tms::tests
