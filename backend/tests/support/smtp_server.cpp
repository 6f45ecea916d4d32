#include "backend/tests/support/smtp_server.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tms::tests {
namespace {

void make_certificate(const std::filesystem::path& folder) {
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj "
      "/CN=localhost "
      "-addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout " +
      (folder / "key.pem").string() + " -out " + (folder / "cert.pem").string() + " 2>/dev/null";
  if (std::system(command.c_str()) != 0)
    throw std::runtime_error("openssl cannot make a certificate");
}

std::uint16_t read_port(int descriptor) {
  std::string line;
  char character = 0;
  while (::read(descriptor, &character, 1) == 1 && character != '\n')
    line += character;
  if (!line.starts_with("PORT "))
    throw std::runtime_error("the SMTP server did not start (python3-aiosmtpd?)");
  return static_cast<std::uint16_t>(std::stoi(line.substr(5)));
}

}  // namespace

SmtpServer::SmtpServer(Tls tls, const std::string& login) {
  if (tls != Tls::none) make_certificate(keys_.path());
  start(tls, login);
}

void SmtpServer::start(Tls tls, const std::string& login) {
  std::vector<std::string> arguments{"/usr/bin/python3", TMS_TEST_SMTP_SCRIPT,
                                     mails_.path().string()};
  if (tls != Tls::none) {
    arguments.insert(arguments.end(),
                     {"--tls", tls == Tls::starttls ? "starttls" : "implicit", "--cert", ca_file(),
                      "--key", (keys_.path() / "key.pem").string()});
  }
  if (!login.empty()) arguments.insert(arguments.end(), {"--login", login});
  std::vector<char*> argv;
  for (std::string& argument : arguments)
    argv.push_back(argument.data());
  argv.push_back(nullptr);

  std::array<int, 2> input{};
  std::array<int, 2> output{};
  if (::pipe2(input.data(), O_CLOEXEC) != 0 || ::pipe2(output.data(), O_CLOEXEC) != 0) {
    throw std::runtime_error("cannot make a pipe");
  }
  child_ = ::fork();
  if (child_ == 0) {
    ::dup2(input[0], STDIN_FILENO);
    ::dup2(output[1], STDOUT_FILENO);
    // Its stack traces of refused handshakes are expected and would drown the test's own output.
    const int nowhere = ::open("/dev/null", O_WRONLY | O_CLOEXEC);
    ::dup2(nowhere, STDERR_FILENO);
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }
  ::close(input[0]);
  ::close(output[1]);
  standard_input_ = input[1];
  port_ = read_port(output[0]);
  ::close(output[0]);
}

SmtpServer::~SmtpServer() {
  ::close(standard_input_);
  ::kill(child_, SIGTERM);
  ::waitpid(child_, nullptr, 0);
}

std::vector<std::string> SmtpServer::mails() const {
  std::vector<std::filesystem::path> names;
  for (const auto& entry : std::filesystem::directory_iterator(mails_.path())) {
    if (entry.path().extension() == ".eml") names.push_back(entry.path());
  }
  std::sort(names.begin(), names.end());
  std::vector<std::string> mails;
  for (const auto& name : names) {
    std::ifstream file(name, std::ios::binary);
    mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return mails;
}

}  // namespace tms::tests
