// Starting on a taken port, and stopping without losing an answer.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>
#include <thread>

#include "backend/tests/support/live_server.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;

// A handler that says when it runs and returns when told.
struct HeldHandler {
  std::promise<void> started;
  std::promise<void> release;
  http::Response operator()() {
    started.set_value();
    release.get_future().wait();
    return http::Response::json(200, R"({"done":true})");
  }
};

TEST(ServerStop, request_in_flight_is_answered_and_told_to_close) {
  HeldHandler held;
  LiveServer server({.handlers = {{"login", [&](const http::Request&) { return held(); }}}});
  RawClient client(server.port());
  client.send(request_text("POST /api/login"));
  held.started.get_future().wait();
  std::thread stopper([&] { server.stop(); });
  // The server is stopping once it takes no connections any more.
  const auto patience = std::chrono::steady_clock::now() + seconds(5);
  while (std::chrono::steady_clock::now() < patience) {
    try {
      if (RawClient(server.port()).is_closed_within(std::chrono::milliseconds(5))) break;
    } catch (const std::runtime_error&) {
      break;
    }
  }
  held.release.set_value();
  const auto response = client.receive();
  EXPECT_EQ(response.body, R"({"done":true})");
  EXPECT_EQ(response.header("connection"), "close");
  client.finish_sending();
  stopper.join();
}

TEST(ServerStop, idle_connections_do_not_hold_it_up) {
  LiveServer server({});
  RawClient fresh(server.port());
  RawClient used(server.port());
  used.send(request_text("GET /healthz"));
  EXPECT_EQ(used.receive().status, 200);
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(5));
  EXPECT_TRUE(used.is_closed_within(seconds(1)));
  EXPECT_TRUE(fresh.is_closed_within(seconds(1)));
}

TEST(ServerStop, connection_that_never_ends_its_request_is_cut_after_the_timeout) {
  LiveServer::Options options;
  options.settings.limits.shutdown_timeout = seconds(1);
  LiveServer server(std::move(options));
  RawClient client(server.port());
  client.send("GET /healthz HTTP/1.1\r\n");
  while (server.server().connections() == 0)
    std::this_thread::yield();
  const auto start = std::chrono::steady_clock::now();
  server.stop();
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(4));
  EXPECT_TRUE(client.is_closed_within(seconds(1)));
}

TEST(ServerStop, stopping_under_load_loses_no_answer_that_was_begun) {
  LiveServer server({.handlers = {{"logout", [](const http::Request&) {
                                     return http::Response::no_content();
                                   }}}});
  const std::uint16_t port = server.port();
  std::atomic<bool> torn{false};
  std::vector<std::thread> clients;
  clients.reserve(4);
  for (int index = 0; index < 4; ++index) {
    clients.emplace_back([&] {
      try {
        while (true) {
          RawClient client(port);
          for (int request = 0; request < 50; ++request) {
            client.send(request_text("POST /api/logout"));
            const auto response = client.receive();
            if (response.status == 0) break;
            if (response.status != 204) torn = true;
          }
        }
      } catch (const std::runtime_error&) {
        // The port is closed: the server has stopped.
        return;
      }
    });
  }
  while (server.log().lines().size() < 200)
    std::this_thread::yield();
  server.stop();
  // The listening socket goes with the server's object; until then the kernel may take connections.
  for (std::thread& client : clients)
    client.join();
  EXPECT_FALSE(torn);
}

// Else it would end on the writer's thread, while its own goes through all connections to stop them.
TEST(ServerStop, connection_is_nobodys_but_its_own_threads_once_it_is_answered) {
  std::promise<void> release;
  LiveServer::Options options;
  options.handlers = {
      {"logout", [](const http::Request&) { return http::Response::no_content(); }}};
  options.after_write_job = [&] { release.get_future().wait(); };
  LiveServer server(std::move(options));
  {
    RawClient client(server.port());
    client.send(request_text("POST /api/logout", "Connection: close\r\n"));
    EXPECT_EQ(client.receive().status, 204);
  }
  const auto patience = std::chrono::steady_clock::now() + seconds(10);
  while (server.server().connections() != 0 && std::chrono::steady_clock::now() < patience)
    std::this_thread::yield();
  EXPECT_EQ(server.server().connections(), 0U)
      << "the writer still has the job, not the connection";
  release.set_value();
}

TEST(ServerStart, taken_port_is_told_in_one_plain_line) {
  const LiveServer first({});
  Settings settings;
  settings.listen = {"127.0.0.1", first.port()};
  LiveServer second({});
  try {
    second.listen_again(settings);
    FAIL() << "listened on a taken port";
  } catch (const ListenFailed& error) {
    EXPECT_THAT(error.what(), HasSubstr("Port " + std::to_string(first.port()) + " is taken"));
    EXPECT_EQ(std::string(error.what()).find('\n'), std::string::npos);
  }
}

TEST(ServerStart, address_that_is_not_ours_is_told) {
  LiveServer server({});
  Settings settings;
  settings.listen = {"192.0.2.1", 8080};
  EXPECT_THROW(server.listen_again(settings), ListenFailed);
}

}  // namespace
}  // namespace tms::hosts
