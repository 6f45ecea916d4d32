// `tms serve` as a process: what signals do.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <stdexcept>
#include <string>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/tests/support/raw_client.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;

class ServeSignals : public testing::Test {
 protected:
  ServeSignals() {
    std::ofstream(folder_.path() / "index.html") << "<!doctype html>";
    std::array<int, 2> pipe{};
    if (::pipe(pipe.data()) != 0) throw std::runtime_error("no pipe");
    child_ = ::fork();
    if (child_ == 0) {
      ::dup2(pipe[1], STDOUT_FILENO);
      ::setenv("TMS_LISTEN", "127.0.0.1:0", 1);
      ::setenv("TMS_DATA_DIR", (folder_.path() / "data").c_str(), 1);
      ::setenv("TMS_PAGE_DIR", folder_.path().c_str(), 1);
      ::setenv("TMS_LOG_LEVEL", "error", 1);
      const std::array<const char*, 2> arguments{"tms", "serve"};
      ::_exit(run_command_line(static_cast<int>(arguments.size()), arguments.data()));
    }
    ::close(pipe[1]);
    std::string line;
    for (char character = 0; ::read(pipe[0], &character, 1) == 1 && character != '\n';)
      line += character;
    ::close(pipe[0]);
    port_ = static_cast<std::uint16_t>(std::stoi("0" + line.substr(line.rfind(':') + 1)));
  }

  ~ServeSignals() override {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

  void signal(int number) const {
    if (child_ > 0) ::kill(child_, number);
  }

  /// How the process ended; waits for it.
  int wait() {
    int status = 0;
    ::waitpid(child_, &status, 0);
    child_ = -1;
    return status;
  }

  void wait_until_it_takes_no_connection() const {
    try {
      while (true)
        tests::RawClient{port_};
    } catch (const std::runtime_error&) {
      return;
    }
  }

  tests::TemporaryFolder folder_;
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
};

TEST_F(ServeSignals, sigterm_ends_it_with_success) {
  ASSERT_NE(port_, 0);
  signal(SIGTERM);
  const int status = wait();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ServeSignals, second_sigterm_ends_it_at_once_though_a_request_is_in_flight) {
  tests::RawClient client(port_);
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\nGET /heal");
  ASSERT_EQ(client.receive().status, 200);
  // The rest of the second request never comes; alone, the first signal would wait for it.
  const auto start = std::chrono::steady_clock::now();
  signal(SIGTERM);
  wait_until_it_takes_no_connection();
  signal(SIGTERM);
  const int status = wait();
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGTERM);
  EXPECT_LT(std::chrono::steady_clock::now() - start, seconds(4));
}

TEST_F(ServeSignals, sighup_without_a_certificate_ends_it_as_usual) {
  signal(SIGHUP);
  EXPECT_TRUE(WIFSIGNALED(wait()));
}

}  // namespace
}  // namespace tms::hosts
