// The listener with a certificate.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <array>
#include <csignal>
#include <fstream>
#include <memory>

#include "backend/tests/support/certificate.h"
#include "backend/tests/support/live_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;

/// What a client insists on.
struct Wishes {
  int lowest = TLS1_2_VERSION;
  int highest = TLS1_3_VERSION;
  std::string ciphers = {};
  /// ALPN names with a length before each, or nothing.
  std::string protocols = {};
};

/// A browser: checks the certificate for `localhost` against its one root.
class TlsClient {
 public:
  TlsClient(std::uint16_t port, const tests::Certificate& root, const Wishes& wishes = {})
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

class Tls : public testing::Test {
 protected:
  // OpenSSL of the client writes to connections that the server has closed.
  Tls() { (void)::signal(SIGPIPE, SIG_IGN); }

  LiveServer::Options options() {
    LiveServer::Options options;
    options.settings.tls_certificate = certificate_.certificate;
    options.settings.tls_key = certificate_.key;
    options.settings.public_url = *PublicUrl::parse("https://localhost");
    options.handlers.emplace("login", [](const http::Request& request) {
      return http::Response::json(200, request.body);
    });
    options.handlers.emplace("get_tasks", [](const http::Request&) {
      return http::Response::json(200, '"' + std::string(1'000'000, 'x') + '"');
    });
    return options;
  }

  tests::TemporaryFolder folder_;
  tests::Certificate certificate_ =
      tests::make_certificate(folder_.path(), "server", "DNS:localhost");
};

TEST_F(Tls, answers_come_over_one_and_three_requests_of_a_checked_connection) {
  LiveServer server(options());
  TlsClient client(server.port(), certificate_);
  ASSERT_TRUE(client.is_connected());
  for (int request = 0; request < 2; ++request) {
    client.send(
        request_text("POST /api/login", "Content-Type: application/json\r\nContent-Length: 9\r\n") +
        R"({"a":"b"})");
    std::string answer = client.receive(1);
    while (answer.find(R"({"a":"b"})") == std::string::npos)
      answer += client.receive(1);
    EXPECT_THAT(answer, HasSubstr("HTTP/1.1 200"));
  }
  EXPECT_THAT(client.ask("GET /healthz"), HasSubstr(R"({"status":"ok"})"));
  EXPECT_TRUE(client.ended_cleanly()) << "an end that cannot be told from a cut";
}

TEST_F(Tls, answer_of_many_records_comes_whole) {
  LiveServer server(options());
  TlsClient client(server.port(), certificate_);
  client.send(request_text("GET /api/tasks", "Cookie: tms_session=good\r\nConnection: close\r\n"));
  const std::string answer = client.receive();
  EXPECT_GT(answer.size(), 1'000'000U);
  EXPECT_TRUE(client.ended_cleanly());
}

TEST_F(Tls, browser_is_told_to_stay_with_https) {
  LiveServer server(options());
  EXPECT_THAT(TlsClient(server.port(), certificate_).ask("GET /healthz"),
              HasSubstr("Strict-Transport-Security: max-age=63072000"));
}

TEST_F(Tls, versions_1_2_and_1_3_are_spoken_and_no_older_one) {
  LiveServer server(options());
  const auto connects = [&](int version) {
    return TlsClient(server.port(), certificate_, {version, version}).is_connected();
  };
  EXPECT_TRUE(connects(TLS1_3_VERSION));
  EXPECT_TRUE(connects(TLS1_2_VERSION));
  EXPECT_FALSE(connects(TLS1_1_VERSION));
  EXPECT_FALSE(connects(TLS1_VERSION));
}

TEST_F(Tls, ciphers_without_authenticated_encryption_are_refused) {
  LiveServer server(options());
  const auto connects = [&](const std::string& ciphers) {
    return TlsClient(server.port(), certificate_, {TLS1_2_VERSION, TLS1_2_VERSION, ciphers})
        .is_connected();
  };
  EXPECT_TRUE(connects("ECDHE-ECDSA-AES128-GCM-SHA256"));
  EXPECT_TRUE(connects("ECDHE-ECDSA-CHACHA20-POLY1305"));
  EXPECT_FALSE(connects("ECDHE-ECDSA-AES128-SHA"));
  EXPECT_FALSE(connects("ECDHE-ECDSA-AES256-SHA384"));
  EXPECT_FALSE(connects("ECDHE-ECDSA-NULL-SHA"));
}

TEST_F(Tls, http_1_1_is_the_one_protocol) {
  LiveServer server(options());
  const TlsClient both(server.port(), certificate_, {.protocols = "\x02h2\x08http/1.1"});
  EXPECT_TRUE(both.is_connected());
  EXPECT_EQ(both.protocol(), "http/1.1");
  EXPECT_FALSE(TlsClient(server.port(), certificate_, {.protocols = "\x02h2"}).is_connected());
}

TEST_F(Tls, clear_text_is_not_answered) {
  LiveServer server(options());
  RawClient client(server.port());
  client.send(request_text("GET /healthz"));
  EXPECT_EQ(client.receive_bytes(4000).find("HTTP/"), std::string::npos);
}

TEST_F(Tls, handshake_that_never_ends_is_cut_like_a_head_that_never_ends) {
  auto slow = options();
  slow.settings.limits.first_head_timeout = seconds(1);
  LiveServer server(std::move(slow));
  RawClient silent(server.port());
  RawClient half(server.port());
  half.send("\x16\x03\x01\x02");
  EXPECT_TRUE(silent.is_closed_within(seconds(5)));
  EXPECT_TRUE(half.is_closed_within(seconds(5)));
}

TEST_F(Tls, stopping_does_not_wait_for_handshakes) {
  LiveServer server(options());
  RawClient silent(server.port());
  while (server.server().connections() == 0)
    std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
}

TEST_F(Tls, limit_of_connections_per_address_counts) {
  auto one = options();
  one.settings.limits.connections_per_address = 1;
  LiveServer server(std::move(one));
  const TlsClient first(server.port(), certificate_);
  EXPECT_TRUE(first.is_connected());
  EXPECT_FALSE(TlsClient(server.port(), certificate_).is_connected());
}

TEST_F(Tls, renewed_certificate_is_used_by_new_connections) {
  LiveServer server(options());
  TlsClient old(server.port(), certificate_);
  const auto renewed = tests::make_certificate(folder_.path(), "renewed", "DNS:localhost");
  std::filesystem::rename(renewed.certificate, certificate_.certificate);
  std::filesystem::rename(renewed.key, certificate_.key);
  ASSERT_TRUE(server.server().reload_certificate());
  // Its own root has the same file name, and so the new content.
  EXPECT_TRUE(TlsClient(server.port(), certificate_).is_connected());
  EXPECT_THAT(old.ask("GET /healthz"), HasSubstr("200 OK"));
}

TEST_F(Tls, renewal_that_cannot_be_read_keeps_the_old_certificate) {
  LiveServer server(options());
  const auto kept = folder_.path() / "kept.pem";
  std::filesystem::copy_file(certificate_.certificate, kept);
  std::ofstream(certificate_.certificate, std::ios::trunc) << "half a file";
  const auto reloaded = server.server().reload_certificate();
  ASSERT_FALSE(reloaded);
  EXPECT_THAT(reloaded.error().log.value, HasSubstr("TMS_TLS_CERTIFICATE"));
  EXPECT_TRUE(TlsClient(server.port(), {kept, {}}).is_connected());
}

TEST_F(Tls, key_of_another_certificate_is_told_at_the_start) {
  const auto other = tests::make_certificate(folder_.path(), "other", "DNS:localhost");
  LiveServer server({});
  auto wrong = options();
  wrong.settings.listen = {"127.0.0.1", 0};
  wrong.settings.tls_key = other.key;
  try {
    server.listen_again(wrong.settings);
    FAIL() << "listened";
  } catch (const ListenFailed& error) {
    EXPECT_THAT(error.what(), HasSubstr("TMS_TLS_KEY: no key for this certificate"));
  }
}

}  // namespace
}  // namespace tms::hosts
