#pragma once

#include <arpa/inet.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cstdint>
#include <memory>
#include <stdexcept>
#include <string>

#include "backend/tests/support/certificate.h"
#include "backend/tests/support/live_server.h"

namespace tms::tests {

/// What a client insists on.
struct TlsWishes {
  int lowest = TLS1_2_VERSION;
  int highest = TLS1_3_VERSION;
  std::string ciphers = {};
  /// ALPN names with a length before each, or nothing.
  std::string protocols = {};
};

/// A browser: checks the certificate for `localhost` against its one root.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const Certificate& root, const TlsWishes& wishes = {})
      : context_(SSL_CTX_new(TLS_client_method()), &SSL_CTX_free), ssl_(nullptr, &SSL_free) {
    SSL_CTX_set_security_level(context_.get(), 0);
    SSL_CTX_set_min_proto_version(context_.get(), wishes.lowest);
    SSL_CTX_set_max_proto_version(context_.get(), wishes.highest);
    SSL_CTX_load_verify_locations(context_.get(), root.certificate.c_str(), nullptr);
    SSL_CTX_set_verify(context_.get(), SSL_VERIFY_PEER, nullptr);
    if (!wishes.ciphers.empty()) SSL_CTX_set_cipher_list(context_.get(), wishes.ciphers.c_str());
    if (!wishes.protocols.empty()) {
      SSL_CTX_set_alpn_protos(context_.get(),
                              reinterpret_cast<const unsigned char*>(wishes.protocols.data()),
                              static_cast<unsigned>(wishes.protocols.size()));
    }
    descriptor_ = ::socket(AF_INET, SOCK_STREAM, 0);
    if (descriptor_ < 0) throw std::runtime_error("no socket");
    const timeval patience{10, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error("cannot connect");
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_tlsext_host_name(ssl_.get(), "localhost");
    SSL_set1_host(ssl_.get(), "localhost");
    SSL_set_fd(ssl_.get(), descriptor_);
    connected_ = SSL_connect(ssl_.get()) == 1;
    ERR_clear_error();
  }
  ~TlsClient() { ::close(descriptor_); }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  [[nodiscard]] bool is_connected() const { return connected_; }

  void send(const std::string& text) {
    SSL_write(ssl_.get(), text.data(), static_cast<int>(text.size()));
  }

  /// Until `count` bytes have come or the connection ends.
  std::string receive(std::size_t count = std::string::npos) {
    std::string text;
    std::array<char, 4096> buffer{};
    while (text.size() < count) {
      const int length = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
      if (length <= 0) {
        ended_cleanly_ = SSL_get_error(ssl_.get(), length) == SSL_ERROR_ZERO_RETURN;
        break;
      }
      text.append(buffer.data(), static_cast<std::size_t>(length));
    }
    return text;
  }

  /// The whole answer to a request that is the last of its connection.
  std::string ask(const std::string& method_and_path) {
    send(request_text(method_and_path, "Connection: close\r\n"));
    return receive();
  }

  [[nodiscard]] bool ended_cleanly() const { return ended_cleanly_; }

  [[nodiscard]] std::string protocol() const {
    const unsigned char* name = nullptr;
    unsigned length = 0;
    SSL_get0_alpn_selected(ssl_.get(), &name, &length);
    return {reinterpret_cast<const char*>(name), length};
  }

 private:
  std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context_;
  std::unique_ptr<SSL, decltype(&SSL_free)> ssl_;
  int descriptor_ = -1;
  bool connected_ = false;
  bool ended_cleanly_ = false;
};

}  // namespace tms::tests
