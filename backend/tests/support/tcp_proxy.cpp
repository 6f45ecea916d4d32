#include "backend/tests/support/tcp_proxy.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <string_view>
#include <system_error>
#include <utility>

namespace tms::tests {
namespace {

sockaddr_in loopback(std::uint16_t port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

void require(bool success) {
  if (!success) throw std::system_error(errno, std::generic_category(), "TcpProxy");
}

bool send_all(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

TcpProxy::TcpProxy(std::uint16_t port) : server_port_(port) {
  listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  require(listener_ >= 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof(address);
  require(::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) == 0);
  require(::listen(listener_, 64) == 0);
  require(::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  port_ = ntohs(address.sin_port);
  std::array<int, 2> ends{};
  require(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
  wake_read_ = ends[0];
  wake_write_ = ends[1];
  thread_ = std::thread([this] { run(); });
}

TcpProxy::~TcpProxy() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake();
  thread_.join();
  close_all();
  for (const int descriptor : {listener_, wake_read_, wake_write_})
    ::close(descriptor);
}

void TcpProxy::set_down(bool down) {
  {
    const std::scoped_lock lock(mutex_);
    down_ = down;
  }
  wake();
}

void TcpProxy::set_silent(bool silent) {
  {
    const std::scoped_lock lock(mutex_);
    silent_ = silent;
  }
  wake();
}

void TcpProxy::lose_answer_to(const std::string& text) {
  const std::scoped_lock lock(mutex_);
  lost_answer_ = text;
}

int TcpProxy::accepted() const {
  const std::scoped_lock lock(mutex_);
  return accepted_;
}

void TcpProxy::run() {
  for (;;) {
    bool silent = false;
    {
      const std::scoped_lock lock(mutex_);
      if (stopping_) return;
      if (down_) close_all();
      silent = silent_;
    }
    std::vector<pollfd> sockets{{wake_read_, POLLIN, 0}, {listener_, POLLIN, 0}};
    for (const Relay& relay : relays_) {
      const short events = silent ? 0 : POLLIN;
      sockets.push_back({relay.client, events, 0});
      sockets.push_back({relay.server, events, 0});
    }
    if (::poll(sockets.data(), sockets.size(), -1) < 0) continue;
    std::array<char, 64> ignored{};
    while (::read(wake_read_, ignored.data(), ignored.size()) > 0) {
    }
    std::vector<Relay> kept;
    for (std::size_t index = 0; index < relays_.size(); ++index) {
      Relay relay = relays_[index];
      bool alive = true;
      if (sockets[2 + 2 * index].revents != 0) alive = pump(relay, true);
      if (alive && sockets[3 + 2 * index].revents != 0) alive = pump(relay, false);
      if (alive) {
        kept.push_back(relay);
      } else {
        ::close(relay.client);
        ::close(relay.server);
      }
    }
    relays_ = std::move(kept);
    if ((sockets[1].revents & POLLIN) != 0) accept_one();
  }
}

void TcpProxy::accept_one() {
  const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (client < 0) return;
  {
    const std::scoped_lock lock(mutex_);
    ++accepted_;
    if (down_) {
      ::close(client);
      return;
    }
  }
  const int server = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(server_port_);
  if (::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof(address)) != 0) {
    ::close(client);
    ::close(server);
    return;
  }
  relays_.push_back({client, server});
}

bool TcpProxy::pump(Relay& relay, bool from_client) {
  std::array<char, 65536> buffer{};
  const int source = from_client ? relay.client : relay.server;
  const ssize_t length = ::recv(source, buffer.data(), buffer.size(), 0);
  if (length <= 0) return false;
  const std::string_view bytes(buffer.data(), static_cast<std::size_t>(length));
  if (!from_client) return !relay.answer_is_lost && send_all(relay.client, bytes);
  {
    const std::scoped_lock lock(mutex_);
    if (!lost_answer_.empty() && bytes.find(lost_answer_) != std::string_view::npos) {
      relay.answer_is_lost = true;
      lost_answer_.clear();
    }
  }
  return send_all(relay.server, bytes);
}

void TcpProxy::close_all() {
  for (const Relay& relay : relays_) {
    ::close(relay.client);
    ::close(relay.server);
  }
  relays_.clear();
}

void TcpProxy::wake() const {
  [[maybe_unused]] const ssize_t written = ::write(wake_write_, "x", 1);
}

}  // namespace tms::tests
