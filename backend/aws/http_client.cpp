#include "backend/aws/http_client.h"

#include <array>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>

#include "backend/aws/tls_socket.h"

namespace tms::aws {
namespace {

namespace beast_http = boost::beast::http;

constexpr std::uint64_t kMaxAnswer = std::uint64_t{8} * 1024 * 1024;

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& character : out) {
    if (character >= 'A' && character <= 'Z') character = static_cast<char>(character - 'A' + 'a');
  }
  return out;
}

std::string encode(const HttpRequest& request, const Endpoint& endpoint) {
  std::string bytes;
  bytes.reserve(512 + request.body.size());
  bytes.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\nHost: ");
  bytes.append(endpoint.host_header()).append("\r\n");
  for (const auto& [name, value] : request.headers) {
    bytes.append(name).append(": ").append(value).append("\r\n");
  }
  if (request.method != "GET") {
    bytes.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
  }
  bytes.append("\r\n").append(request.body);
  return bytes;
}

}  // namespace

std::optional<Endpoint> Endpoint::parse(std::string_view url) {
  Endpoint endpoint;
  if (url.starts_with("https://")) {
    url.remove_prefix(8);
  } else if (url.starts_with("http://")) {
    url.remove_prefix(7);
    endpoint.tls = false;
    endpoint.port = 80;
  } else {
    return std::nullopt;
  }
  if (url.ends_with('/')) url.remove_suffix(1);
  const auto colon = url.rfind(':');
  endpoint.host = url.substr(0, colon);
  if (colon != std::string_view::npos) {
    const std::string_view port = url.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(port.data(), port.data() + port.size(), endpoint.port);
    if (error != std::errc{} || end != port.data() + port.size() || endpoint.port == 0)
      return std::nullopt;
  }
  if (endpoint.host.empty() || endpoint.host.find_first_of("/@?# ") != std::string::npos)
    return std::nullopt;
  return endpoint;
}

std::string Endpoint::host_header() const {
  const std::uint16_t own = tls ? 443 : 80;
  return port == own ? host : host + ":" + std::to_string(port);
}

std::string_view HttpResponse::header(std::string_view name) const {
  for (const auto& [key, value] : headers) {
    if (key == name) return value;
  }
  return {};
}

class HttpClient::Connection {
 public:
  Connection(const Endpoint& endpoint, const std::string& ca_file, core::Deadline deadline)
      : socket(endpoint, ca_file, deadline) {}

  TlsSocket socket;
  bool answered = false;
};

HttpClient::HttpClient(Endpoint endpoint, std::string ca_file)
    : endpoint_(std::move(endpoint)), ca_file_(std::move(ca_file)) {}

HttpClient::~HttpClient() = default;

HttpResponse HttpClient::send(const HttpRequest& request, core::Deadline deadline) {
  const std::string bytes = encode(request, endpoint_);
  const bool head = request.method == "HEAD";
  const bool reused = connection_ != nullptr;
  try {
    return exchange(bytes, head, deadline);
  } catch (const HttpFailure&) {
    const bool stale =
        reused && !connection_->answered && std::chrono::steady_clock::now() < deadline;
    connection_.reset();
    if (!stale) throw;
  }
  try {
    return exchange(bytes, head, deadline);
  } catch (const HttpFailure&) {
    connection_.reset();
    throw;
  }
}

HttpResponse HttpClient::exchange(std::string_view bytes, bool head, core::Deadline deadline) {
  if (!connection_) connection_ = std::make_unique<Connection>(endpoint_, ca_file_, deadline);
  connection_->answered = false;
  connection_->socket.write(bytes, deadline);

  beast_http::response_parser<beast_http::string_body> parser;
  parser.body_limit(kMaxAnswer);
  parser.skip(head);
  parser.eager(true);
  std::string pending;
  std::array<char, std::size_t{16} * 1024> buffer{};
  while (!parser.is_done()) {
    const std::size_t count = connection_->socket.read(buffer, deadline);
    boost::system::error_code error;
    if (count == 0) {
      if (!parser.got_some()) throw HttpFailure("the peer closed without an answer");
      parser.put_eof(error);
      if (error || !parser.is_done()) throw HttpFailure("the answer ended early");
      break;
    }
    connection_->answered = true;
    pending.append(buffer.data(), count);
    const std::size_t consumed = parser.put(boost::asio::buffer(pending), error);
    pending.erase(0, consumed);
    if (error && error != beast_http::error::need_more)
      throw HttpFailure("no HTTP answer: " + error.message());
  }

  HttpResponse response;
  response.status = static_cast<int>(parser.get().result_int());
  for (const auto& field : parser.get()) {
    response.headers.emplace_back(lower({field.name_string().data(), field.name_string().size()}),
                                  std::string(field.value().data(), field.value().size()));
  }
  response.body = std::move(parser.get().body());
  if (!parser.keep_alive()) connection_.reset();
  return response;
}

}  // namespace tms::aws
