#include "backend/aws/tls_socket.h"

#include <fcntl.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <limits>
#include <system_error>
#include <vector>

namespace tms::aws {
namespace {

[[noreturn]] void fail(const std::string& what) {
  throw HttpFailure(what);
}

int milliseconds_until(core::Deadline deadline) {
  if (deadline == core::Deadline::max()) return -1;
  const auto left =
      std::chrono::ceil<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now())
          .count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, std::numeric_limits<int>::max()));
}

struct Address {
  int family;
  sockaddr_storage bytes;
  socklen_t length;
};

// IPv6 first: inside the VPC it is the only way out to AWS's endpoints.
std::vector<Address> resolve(const Endpoint& endpoint) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int result =
      getaddrinfo(endpoint.host.c_str(), std::to_string(endpoint.port).c_str(), &hints, &found);
  if (result != 0) fail("cannot resolve " + endpoint.host + ": " + gai_strerror(result));
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> owner(found, &freeaddrinfo);
  std::vector<Address> addresses;
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    Address address{entry->ai_family, {}, entry->ai_addrlen};
    std::memcpy(&address.bytes, entry->ai_addr, entry->ai_addrlen);
    addresses.push_back(address);
  }
  std::stable_partition(addresses.begin(), addresses.end(),
                        [](const Address& a) { return a.family == AF_INET6; });
  return addresses;
}

bool finish_connect(int descriptor, core::Deadline deadline) {
  pollfd waiting{descriptor, POLLOUT, 0};
  if (::poll(&waiting, 1, milliseconds_until(deadline)) != 1) return false;
  int error = 0;
  socklen_t length = sizeof(error);
  return getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &error, &length) == 0 && error == 0;
}

int connect_to(const Address& address, core::Deadline deadline) {
  const int descriptor = ::socket(address.family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (descriptor < 0) return -1;
  const int on = 1;
  setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof(on));
  const int result =
      ::connect(descriptor, reinterpret_cast<const sockaddr*>(&address.bytes), address.length);
  if (result == 0 || (errno == EINPROGRESS && finish_connect(descriptor, deadline)))
    return descriptor;
  ::close(descriptor);
  return -1;
}

}  // namespace

TlsSocket::TlsSocket(const Endpoint& endpoint,
                     const std::string& ca_file,
                     core::Deadline deadline) {
  connect(endpoint, deadline);
  if (endpoint.tls) start_tls(endpoint, ca_file, deadline);
}

TlsSocket::~TlsSocket() {
  ssl_.reset();
  if (descriptor_ >= 0) ::close(descriptor_);
}

void TlsSocket::connect(const Endpoint& endpoint, core::Deadline deadline) {
  for (const Address& address : resolve(endpoint)) {
    descriptor_ = connect_to(address, deadline);
    if (descriptor_ >= 0) return;
  }
  fail("cannot connect to " + endpoint.host + ":" + std::to_string(endpoint.port));
}

void TlsSocket::start_tls(const Endpoint& endpoint,
                          const std::string& ca_file,
                          core::Deadline deadline) {
  context_.reset(SSL_CTX_new(TLS_client_method()));
  if (!context_ || SSL_CTX_set_min_proto_version(context_.get(), TLS1_2_VERSION) != 1)
    fail("OpenSSL failed");
  if (SSL_CTX_load_verify_locations(context_.get(), ca_file.c_str(), nullptr) != 1) {
    fail("cannot read the certificates in " + ca_file);
  }
  SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
  ssl_.reset(SSL_new(context_.get()));
  if (!ssl_ || SSL_set_fd(ssl_.get(), descriptor_) != 1 ||
      SSL_set1_host(ssl_.get(), endpoint.host.c_str()) != 1 ||
      SSL_set_tlsext_host_name(ssl_.get(), endpoint.host.c_str()) != 1) {
    fail("OpenSSL failed");
  }
  for (;;) {
    const int result = SSL_connect(ssl_.get());
    if (result == 1) return;
    if (!wait_for_tls(result, deadline)) fail("the peer closed during the TLS handshake");
  }
}

void TlsSocket::wait(short events, core::Deadline deadline) const {
  pollfd waiting{descriptor_, events, 0};
  for (;;) {
    const int ready = ::poll(&waiting, 1, milliseconds_until(deadline));
    if (ready > 0) return;
    if (ready == 0) fail("no answer in time");
    if (errno != EINTR) fail(std::generic_category().message(errno));
  }
}

bool TlsSocket::wait_for_tls(int result, core::Deadline deadline) {
  switch (SSL_get_error(ssl_.get(), result)) {
    case SSL_ERROR_WANT_READ:
      wait(POLLIN, deadline);
      return true;
    case SSL_ERROR_WANT_WRITE:
      wait(POLLOUT, deadline);
      return true;
    case SSL_ERROR_ZERO_RETURN:
      return false;
    default: {
      const long verified = SSL_get_verify_result(ssl_.get());
      fail(verified == X509_V_OK
               ? "the TLS connection broke"
               : std::string("certificate refused: ") + X509_verify_cert_error_string(verified));
    }
  }
}

void TlsSocket::write(std::string_view bytes, core::Deadline deadline) {
  while (!bytes.empty()) {
    if (ssl_) {
      std::size_t written = 0;
      const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
      if (result != 1 && !wait_for_tls(result, deadline)) fail("the peer has closed");
      bytes.remove_prefix(written);
      continue;
    }
    const ssize_t written = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (written >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(written));
    } else if (errno == EAGAIN) {
      wait(POLLOUT, deadline);
    } else if (errno != EINTR) {
      fail(std::generic_category().message(errno));
    }
  }
}

std::size_t TlsSocket::read(std::span<char> buffer, core::Deadline deadline) {
  for (;;) {
    if (ssl_) {
      std::size_t count = 0;
      const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &count);
      if (result == 1) return count;
      if (!wait_for_tls(result, deadline)) return 0;
      continue;
    }
    const ssize_t count = ::recv(descriptor_, buffer.data(), buffer.size(), 0);
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EAGAIN) {
      wait(POLLIN, deadline);
    } else if (errno != EINTR) {
      fail(std::generic_category().message(errno));
    }
  }
}

}  // namespace tms::aws
