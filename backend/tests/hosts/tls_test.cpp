// The listener with a certificate.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <fstream>
#include <memory>

#include "backend/tests/support/certificate.h"
#include "backend/tests/support/live_server.h"
#include "backend/tests/support/temporary_folder.h"
#include "backend/tests/support/tls_client.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;
using tests::TlsClient;

class Tls : public testing::Test {
 protected:
  // OpenSSL of the client writes to connections that the server has closed.
  Tls() { (void)::signal(SIGPIPE, SIG_IGN); }

  [[nodiscard]] LiveServer::Options options() const {
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
