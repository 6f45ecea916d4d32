// Sizes, counts and deadlines of the running server (security checklist, row 52).
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>

#include "backend/tests/support/live_server.h"

namespace tms::hosts {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using testing::HasSubstr;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;

http::Response ok(const http::Request&) {
  return http::Response::json(200, "{}");
}

http::Response echo(const http::Request& request) {
  return http::Response::json(200, request.body);
}

LiveServer::Options with(const ServerLimits& limits) {
  LiveServer::Options options;
  options.settings.limits = limits;
  options.handlers = {{"login", echo}, {"logout", ok}};
  return options;
}

std::string post(const std::string& fields, const std::string& body = "") {
  return request_text("POST /api/login", "Content-Type: application/json\r\n" + fields) + body;
}

TEST(ServerLimits, head_above_eight_kilobytes_is_431_and_closes) {
  const LiveServer server({});
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX-A: " + std::string(9000, 'a'));
  const auto response = client.receive();
  EXPECT_EQ(response.status, 431);
  EXPECT_THAT(response.body, HasSubstr("\"code\":\"headers_too_large\""));
  EXPECT_EQ(response.header("connection"), "close");
}

TEST(ServerLimits, endless_header_is_cut_off_while_it_is_read) {
  const LiveServer server({});
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\nX-A: ");
  const std::string block(65'536, 'a');
  for (int index = 0; index < 100; ++index)
    client.send(block);
  EXPECT_EQ(client.receive().status, 431);
  EXPECT_TRUE(client.is_closed_within(seconds(5)));
}

TEST(ServerLimits, more_than_64_fields_are_431) {
  std::string fields;
  for (int index = 0; index < 64; ++index)
    fields += "X: 1\r\n";
  EXPECT_EQ(LiveServer({}).request(request_text("GET /healthz", fields)).status, 431);
}

TEST(ServerLimits, announced_body_above_the_limit_is_413_before_it_is_read) {
  const LiveServer server(with({}));
  RawClient client(server.port());
  client.send(post("Content-Length: 65537\r\n"));
  const auto response = client.receive();
  EXPECT_EQ(response.status, 413);
  EXPECT_THAT(response.body, HasSubstr("\"code\":\"too_large\""));
  EXPECT_EQ(response.header("connection"), "close");
}

TEST(ServerLimits, body_of_exactly_the_limit_is_read) {
  const std::string body(65'536, ' ');
  EXPECT_EQ(LiveServer(with({})).request(post("Content-Length: 65536\r\n", body)).body.size(),
            65'536U);
}

TEST(ServerLimits, chunked_body_above_the_limit_is_413) {
  const LiveServer server(with({}));
  RawClient client(server.port());
  client.send(post("Transfer-Encoding: chunked\r\n"));
  const std::string chunk = "4000\r\n" + std::string(0x4000, ' ') + "\r\n";
  for (int index = 0; index < 5; ++index)
    client.send(chunk);
  EXPECT_EQ(client.receive().status, 413);
}

TEST(ServerLimits, small_body_of_a_refused_request_is_read_over_and_the_connection_goes_on) {
  const LiveServer server(with({}));
  RawClient client(server.port());
  client.send(request_text("POST /api/nothing", "Content-Length: 5\r\n") + "hello" +
              request_text("GET /healthz"));
  EXPECT_EQ(client.receive().status, 404);
  EXPECT_EQ(client.receive().status, 200);
}

TEST(ServerLimits, head_that_does_not_end_in_time_is_closed_however_many_bytes_come) {
  ServerLimits limits;
  limits.head_timeout = seconds(1);
  const LiveServer server(with(limits));
  RawClient client(server.port());
  const auto start = std::chrono::steady_clock::now();
  client.send("GET /healthz HTTP/1.1\r\n");
  // A byte now and then must not lengthen the time.
  while (!client.is_closed_within(milliseconds(100)) &&
         std::chrono::steady_clock::now() - start < seconds(9)) {
    client.send("X");
  }
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
  EXPECT_GE(std::chrono::steady_clock::now() - start, milliseconds(900));
}

TEST(ServerLimits, connection_that_says_nothing_is_closed) {
  ServerLimits limits;
  limits.first_head_timeout = seconds(1);
  const LiveServer server(with(limits));
  EXPECT_TRUE(RawClient(server.port()).is_closed_within(seconds(5)));
}

TEST(ServerLimits, body_that_does_not_come_in_time_is_closed) {
  ServerLimits limits;
  limits.body_timeout = seconds(1);
  const LiveServer server(with(limits));
  RawClient client(server.port());
  client.send(post("Content-Length: 10\r\n", "{"));
  EXPECT_TRUE(client.is_closed_within(seconds(5)));
}

TEST(ServerLimits, idle_connection_is_closed_after_the_keep_alive_time) {
  ServerLimits limits;
  limits.keep_alive_timeout = seconds(1);
  const LiveServer server(with(limits));
  RawClient client(server.port());
  client.send(request_text("GET /healthz"));
  EXPECT_EQ(client.receive().status, 200);
  EXPECT_TRUE(client.is_closed_within(seconds(5)));
}

TEST(ServerLimits, reader_who_does_not_read_is_closed) {
  ServerLimits limits;
  limits.write_timeout = seconds(1);
  LiveServer::Options options;
  options.settings.limits = limits;
  options.handlers = {{"login", [](const http::Request&) {
                         return http::Response::json(
                             200, std::string(std::size_t{64} * 1024 * 1024, ' '));
                       }}};
  LiveServer server(std::move(options));
  RawClient client(server.port());
  client.send(post("", ""));
  const auto start = std::chrono::steady_clock::now();
  while (server.server().connections() == 0 &&
         std::chrono::steady_clock::now() - start < seconds(5)) {
    std::this_thread::yield();
  }
  while (server.server().connections() > 0 &&
         std::chrono::steady_clock::now() - start < seconds(9)) {
    std::this_thread::yield();
  }
  EXPECT_EQ(server.server().connections(), 0U);
}

TEST(ServerLimits, last_request_of_a_connection_says_so) {
  ServerLimits limits;
  limits.keep_alive_requests = 2;
  const LiveServer server(with(limits));
  RawClient client(server.port());
  client.send(request_text("GET /healthz"));
  EXPECT_EQ(client.receive().header("connection"), "");
  client.send(request_text("GET /healthz"));
  EXPECT_EQ(client.receive().header("connection"), "close");
  client.finish_sending();
  EXPECT_TRUE(client.is_closed_within(seconds(5)));
}

TEST(ServerLimits, pipelined_requests_are_answered_in_order) {
  const LiveServer server(with({}));
  RawClient client(server.port());
  std::string requests;
  for (int index = 0; index < 20; ++index)
    requests += post("Content-Length: 2\r\n", std::to_string(10 + index));
  client.send(requests);
  for (int index = 0; index < 20; ++index)
    EXPECT_EQ(client.receive().body, std::to_string(10 + index));
}

TEST(ServerLimits, source_with_too_many_connections_is_refused_the_next) {
  ServerLimits limits;
  limits.connections_per_address = 2;
  const LiveServer server(with(limits));
  RawClient first(server.port());
  RawClient second(server.port());
  for (RawClient* client : {&first, &second}) {
    client->send(request_text("GET /healthz"));
    EXPECT_EQ(client->receive().status, 200);
  }
  RawClient third(server.port());
  EXPECT_TRUE(third.is_closed_within(seconds(5)));
}

TEST(ServerLimits, connections_of_a_trusted_proxy_are_not_counted) {
  LiveServer::Options options;
  options.settings.limits.connections_per_address = 1;
  options.settings.trusted_proxies = TrustedProxies::parse("127.0.0.1").value();
  const LiveServer server(std::move(options));
  RawClient first(server.port());
  RawClient second(server.port());
  for (RawClient* client : {&first, &second}) {
    client->send(request_text("GET /healthz"));
    EXPECT_EQ(client->receive().status, 200);
  }
}

TEST(ServerLimits, full_server_lets_the_next_wait_instead_of_refusing_him) {
  ServerLimits limits;
  limits.connections = 1;
  const LiveServer server(with(limits));
  auto first = std::make_unique<RawClient>(server.port());
  first->send(request_text("GET /healthz"));
  EXPECT_EQ(first->receive().status, 200);
  // Connects to the kernel's queue; nobody answers yet.
  RawClient second(server.port());
  second.send(request_text("GET /healthz"));
  EXPECT_FALSE(second.is_closed_within(milliseconds(100)));
  first.reset();
  EXPECT_EQ(second.receive().status, 200);
}

TEST(ServerLimits, continue_is_sent_to_those_who_ask_and_are_welcome) {
  const LiveServer server(with({}));
  RawClient client(server.port());
  client.send(post("Content-Length: 2\r\nExpect: 100-continue\r\n"));
  EXPECT_EQ(client.receive_bytes(25), "HTTP/1.1 100 Continue\r\n\r\n");
  client.send("{}");
  EXPECT_EQ(client.receive().body, "{}");
}

TEST(ServerLimits, refused_request_gets_its_answer_instead_of_continue) {
  const LiveServer server(with({}));
  EXPECT_EQ(server.request(post("Content-Length: 70000\r\nExpect: 100-continue\r\n")).status, 413);
}

}  // namespace
}  // namespace tms::hosts
