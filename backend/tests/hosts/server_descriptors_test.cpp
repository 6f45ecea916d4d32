// When the process has no descriptor left, and when a connection is old.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <memory>
#include <thread>
#include <vector>

#include "backend/tests/support/live_server.h"

namespace tms::hosts {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using tests::LiveServer;
using tests::RawClient;
using tests::request_text;
using Clock = std::chrono::steady_clock;

/// While it lives, this process may open exactly one more descriptor.
class OneDescriptorLeft {
 public:
  OneDescriptorLeft() {
    ::getrlimit(RLIMIT_NOFILE, &before_);
    const int next = ::dup(STDERR_FILENO);
    ::close(next);
    const rlimit limit{static_cast<rlim_t>(next) + 50, before_.rlim_max};
    ::setrlimit(RLIMIT_NOFILE, &limit);
    for (int filler = 0; (filler = ::dup(STDERR_FILENO)) >= 0;)
      fillers_.push_back(filler);
    ::close(fillers_.back());
    fillers_.pop_back();
  }
  ~OneDescriptorLeft() {
    for (const int filler : fillers_)
      ::close(filler);
    ::setrlimit(RLIMIT_NOFILE, &before_);
  }
  OneDescriptorLeft(const OneDescriptorLeft&) = delete;
  OneDescriptorLeft& operator=(const OneDescriptorLeft&) = delete;

 private:
  rlimit before_{};
  std::vector<int> fillers_;
};

std::ptrdiff_t pauses(LiveServer& server) {
  const auto lines = server.log().lines();
  return std::ranges::count_if(
      lines, [](const std::string& line) { return line.starts_with("error accept_paused"); });
}

TEST(ServerDescriptors, accepting_pauses_when_there_is_none_left_and_goes_on_by_itself) {
  LiveServer server({});
  // From here on its threads open nothing more of their own.
  ASSERT_EQ(server.request(request_text("GET /healthz")).status, 200);
  std::unique_ptr<RawClient> client;
  {
    const OneDescriptorLeft limit;
    // The client takes the last one, so the server cannot accept it.
    client = std::make_unique<RawClient>(server.port());
    const auto start = Clock::now();
    while (pauses(server) < 4 && Clock::now() < start + seconds(20))
      std::this_thread::yield();
    EXPECT_GE(pauses(server), 4);
    EXPECT_GE(Clock::now() - start, milliseconds(300)) << "it spins instead of pausing";
  }
  client->send(request_text("GET /healthz"));
  EXPECT_EQ(client->receive().status, 200);
}

TEST(ServerDescriptors, old_connection_is_told_to_close_after_an_answer) {
  LiveServer::Options options;
  options.settings.limits.connection_lifetime = seconds(1);
  options.settings.limits.keep_alive_requests = 100'000'000;
  const LiveServer server(std::move(options));
  RawClient client(server.port());
  const auto start = Clock::now();
  tests::RawResponse response;
  do {
    client.send(request_text("GET /healthz"));
    response = client.receive();
    ASSERT_EQ(response.status, 200);
  } while (response.header("connection") != "close");
  EXPECT_GE(Clock::now() - start, milliseconds(900));
  client.finish_sending();
  EXPECT_TRUE(client.is_closed_within(seconds(3)));
}

}  // namespace
}  // namespace tms::hosts
