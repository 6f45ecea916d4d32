#pragma once

#include <openssl/ssl.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "backend/aws/http_client.h"

namespace tms::aws {

/// A connected TCP stream, with TLS when the endpoint asks for it. All calls obey the deadline and
/// throw HttpFailure.
class TlsSocket {
 public:
  TlsSocket(const Endpoint& endpoint, const std::string& ca_file, core::Deadline deadline);
  ~TlsSocket();
  TlsSocket(const TlsSocket&) = delete;
  TlsSocket& operator=(const TlsSocket&) = delete;

  void write(std::string_view bytes, core::Deadline deadline);

  /// Reads at least one byte; 0 means that the peer has closed.
  std::size_t read(std::span<char> buffer, core::Deadline deadline);

 private:
  struct Free {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
    void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
  };

  void connect(const Endpoint& endpoint, core::Deadline deadline);
  void start_tls(const Endpoint& endpoint, const std::string& ca_file, core::Deadline deadline);
  void wait(short events, core::Deadline deadline) const;
  // Waits for what OpenSSL asks for after a call that returned `result`; false at a clean end.
  bool wait_for_tls(int result, core::Deadline deadline);

  int descriptor_ = -1;
  std::unique_ptr<SSL_CTX, Free> context_;
  std::unique_ptr<SSL, Free> ssl_;
};

}  // namespace tms::aws
