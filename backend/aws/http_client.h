#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "backend/core/clock.h"

namespace tms::aws {

/// Where a service listens.
struct Endpoint {
  bool tls = true;
  std::string host;
  std::uint16_t port = 443;

  /// Reads `https://host[:port]` or `http://host[:port]`; plain http is for emulators on loopback and
  /// the Lambda Runtime API.
  static std::optional<Endpoint> parse(std::string_view url);

  /// The Host header: without the port when it is the scheme's own.
  [[nodiscard]] std::string host_header() const;
};

struct HttpRequest {
  std::string_view method;
  std::string_view target;
  /// Host and Content-Length are added.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string_view body;
};

struct HttpResponse {
  int status = 0;
  /// Names in lower case.
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;

  [[nodiscard]] std::string_view header(std::string_view name) const;
};

/// The peer could not be reached, hung up, took too long or spoke no HTTP.
class HttpFailure : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A blocking HTTP/1.1 client for one peer: one connection, kept open, made again when the peer (or
/// the freezing of a Lambda environment) has closed it. TLS checks the certificate and its name
/// against `ca_file`. For one thread.
class HttpClient {
 public:
  HttpClient(Endpoint endpoint, std::string ca_file);
  ~HttpClient();
  HttpClient(const HttpClient&) = delete;
  HttpClient& operator=(const HttpClient&) = delete;

  /// Throws HttpFailure. A request on a connection that turns out to be closed is sent once more; so
  /// only requests that may arrive twice belong here. Answers up to 8 MiB.
  HttpResponse send(const HttpRequest& request, core::Deadline deadline);

  [[nodiscard]] const Endpoint& endpoint() const { return endpoint_; }

 private:
  class Connection;

  HttpResponse exchange(std::string_view bytes, bool head, core::Deadline deadline);

  Endpoint endpoint_;
  std::string ca_file_;
  std::unique_ptr<Connection> connection_;
};

}  // namespace tms::aws
