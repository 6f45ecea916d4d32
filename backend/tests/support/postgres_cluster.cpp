#include "backend/tests/support/postgres_cluster.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>

namespace tms::tests {
namespace {

constexpr const char* kPrograms = "/usr/lib/postgresql/15/bin/";

/// PostgreSQL refuses to run as root.
std::string as_postgres() {
  return ::geteuid() == 0 ? "setpriv --reuid=postgres --regid=postgres --init-groups " : "";
}

void run(const std::string& command) {
  if (std::system(command.c_str()) != 0) throw std::runtime_error("failed: " + command);
}

/// A port that was free a moment ago; nobody can reserve one.
std::uint16_t free_port() {
  const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof(address);
  const bool found = ::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0 &&
                     ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) == 0;
  ::close(descriptor);
  if (!found) throw std::runtime_error("no free port");
  return ntohs(address.sin_port);
}

}  // namespace

PostgresCluster::PostgresCluster() : port_(free_port()) {
  const std::string folder = folder_.path().string();
  if (::geteuid() == 0) run("chown postgres " + folder);
  run(as_postgres() + kPrograms + "initdb -D " + folder +
      "/data -U postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync > " + folder +
      "/initdb.log 2>&1");
  start();
}

PostgresCluster::~PostgresCluster() {
  if (server_ > 0) stop_by(SIGQUIT);
}

std::string PostgresCluster::url() const {
  return "postgresql://postgres@127.0.0.1:" + std::to_string(port_) + "/postgres";
}

void PostgresCluster::start() {
  const std::string folder = folder_.path().string();
  // fsync stays on: a crash must lose nothing.
  const std::string command =
      "exec " + as_postgres() + kPrograms + "postgres -D " + folder + "/data -p " +
      std::to_string(port_) +
      " -c listen_addresses=127.0.0.1 -c unix_socket_directories=" + folder +
      " -c shared_buffers=16MB >> " + folder + "/server.log 2>&1";
  server_ = ::fork();
  if (server_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGQUIT);
    ::execl("/bin/sh", "sh", "-c", command.c_str(), nullptr);
    ::_exit(127);
  }
  run("for attempt in $(seq 300); do " + std::string(kPrograms) + "pg_isready -q -h " + folder +
      " -p " + std::to_string(port_) + " && exit 0; sleep 0.05; done; exit 1");
}

void PostgresCluster::use_tls(const Certificate& certificate) {
  stop_fast();
  const std::string data = folder_.path().string() + "/data/";
  run("cp " + certificate.certificate.string() + " " + data + "server.crt");
  run("cp " + certificate.key.string() + " " + data + "server.key");
  run("chmod 600 " + data + "server.key");
  if (::geteuid() == 0) run("chown postgres " + data + "server.crt " + data + "server.key");
  run("echo 'ssl = on' >> " + data + "postgresql.conf");
  start();
}

void PostgresCluster::stop_fast() {
  stop_by(SIGINT);
}

void PostgresCluster::crash() {
  stop_by(SIGQUIT);
}

void PostgresCluster::stop_by(int signal) {
  ::kill(server_, signal);
  int status = 0;
  ::waitpid(server_, &status, 0);
  server_ = -1;
}

}  // namespace tms::tests
