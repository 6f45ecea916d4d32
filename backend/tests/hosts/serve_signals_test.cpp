// `tms serve` as a process: what signals do.
#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <fstream>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/tests/support/raw_client.h"
#include "backend/tests/support/temporary_folder.h"
#include "backend/tests/support/tls_client.h"

namespace tms::hosts {
namespace {

using std::chrono::seconds;
using testing::HasSubstr;

/// Bytes that a child writes, line by line.
class Pipe {
 public:
  Pipe() {
    if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw std::runtime_error("no pipe");
  }
  ~Pipe() {
    for (const int end : ends_)
      ::close(end);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;

  void become(int descriptor) const { ::dup2(ends_[1], descriptor); }
  void leave_writing_to_the_child() { ::close(std::exchange(ends_[1], -1)); }

  /// The next line that holds `text`; empty when there is none and the child has ended.
  std::string line_with(const std::string& text) {
    std::string line;
    for (char character = 0; ::read(ends_[0], &character, 1) == 1;) {
      if (character != '\n') {
        line += character;
        continue;
      }
      if (line.find(text) != std::string::npos) return line;
      line.clear();
    }
    return {};
  }

 private:
  std::array<int, 2> ends_{};
};

class ServeSignals : public testing::Test {
 public:
  ~ServeSignals() override {
    if (child_ <= 0) return;
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }

 protected:
  ServeSignals() { std::ofstream(folder_.path() / "index.html") << "<!doctype html>"; }

  /// `terminal`: our end of the one it is started from, or none.
  void start(std::map<std::string, std::string> settings = {}, int terminal = -1) {
    settings["TMS_LISTEN"] = "127.0.0.1:0";
    settings["TMS_DATA_DIR"] = folder_.path() / "data";
    settings["TMS_PAGE_DIR"] = folder_.path();
    std::ofstream file(folder_.path() / ".env");
    for (const auto& [name, value] : settings)
      file << name << '=' << value << '\n';
    file.close();
    std::array<char, 64> input{"/dev/null"};
    if (terminal >= 0) ::ptsname_r(terminal, input.data(), input.size());
    child_ = ::fork();
    if (child_ == 0) {
      ::setsid();
      output_.become(STDOUT_FILENO);
      log_.become(STDERR_FILENO);
      // The first terminal that the leader of a session opens is the one that hangs up on it.
      ::close(STDIN_FILENO);
      const bool is_ready =
          ::open(input.data(), O_RDWR) == STDIN_FILENO && ::chdir(folder_.path().c_str()) == 0;
      if (terminal >= 0) ::close(terminal);
      const std::array<const char*, 2> arguments{"tms", "serve"};
      ::_exit(is_ready ? run_command_line(static_cast<int>(arguments.size()), arguments.data())
                       : 1);
    }
    output_.leave_writing_to_the_child();
    log_.leave_writing_to_the_child();
    const std::string line = output_.line_with("running on");
    port_ = static_cast<std::uint16_t>(std::stoi("0" + line.substr(line.rfind(':') + 1)));
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

  [[nodiscard]] std::map<std::string, std::string> with_certificate() const {
    return {{"TMS_TLS_CERTIFICATE", certificate_.certificate}, {"TMS_TLS_KEY", certificate_.key}};
  }

  tests::TemporaryFolder folder_;
  tests::Certificate certificate_ =
      tests::make_certificate(folder_.path(), "server", "DNS:localhost");
  Pipe output_;
  Pipe log_;
  pid_t child_ = -1;
  std::uint16_t port_ = 0;
};

TEST_F(ServeSignals, sigterm_ends_it_with_success) {
  start();
  ASSERT_NE(port_, 0);
  signal(SIGTERM);
  const int status = wait();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

TEST_F(ServeSignals, second_sigterm_ends_it_at_once_though_a_request_is_in_flight) {
  start();
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

TEST_F(ServeSignals, sighup_reads_a_renewed_certificate_and_cuts_no_connection) {
  start(with_certificate());
  tests::TlsClient old(port_, certificate_);
  ASSERT_TRUE(old.is_connected());
  const auto renewed = tests::make_certificate(folder_.path(), "renewed", "DNS:localhost");
  std::filesystem::copy_file(renewed.certificate, certificate_.certificate,
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(renewed.key, certificate_.key,
                             std::filesystem::copy_options::overwrite_existing);
  EXPECT_FALSE(tests::TlsClient(port_, renewed).is_connected());
  signal(SIGHUP);
  ASSERT_THAT(log_.line_with("certificate_"), HasSubstr("certificate_reloaded"));
  EXPECT_TRUE(tests::TlsClient(port_, renewed).is_connected());
  EXPECT_THAT(old.ask("GET /healthz"), HasSubstr("200 OK"));
}

TEST_F(ServeSignals, sighup_with_a_certificate_that_cannot_be_read_keeps_the_old_one_and_says_so) {
  start(with_certificate());
  const auto kept = folder_.path() / "kept.pem";
  std::filesystem::copy_file(certificate_.certificate, kept);
  std::ofstream(certificate_.certificate, std::ios::trunc) << "half a file";
  signal(SIGHUP);
  const std::string line = log_.line_with("certificate_");
  EXPECT_THAT(line, HasSubstr("certificate_not_reloaded"));
  EXPECT_THAT(line, HasSubstr("TMS_TLS_CERTIFICATE"));
  EXPECT_TRUE(tests::TlsClient(port_, {kept, {}}).is_connected());
}

TEST_F(ServeSignals, sighup_without_a_certificate_does_no_harm) {
  start();
  signal(SIGHUP);
  ASSERT_THAT(log_.line_with("nothing_to_reload"), HasSubstr("TMS_TLS_CERTIFICATE"));
  tests::RawClient client(port_);
  client.send("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
  EXPECT_EQ(client.receive().status, 200);
}

TEST_F(ServeSignals, closing_the_terminal_ends_it_as_sigterm_does) {
  const int terminal = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
  ASSERT_TRUE(terminal >= 0 && ::grantpt(terminal) == 0 && ::unlockpt(terminal) == 0);
  start({}, terminal);
  ::close(terminal);
  const int status = wait();
  EXPECT_TRUE(WIFEXITED(status));
  EXPECT_EQ(WEXITSTATUS(status), 0);
}

}  // namespace
}  // namespace tms::hosts
