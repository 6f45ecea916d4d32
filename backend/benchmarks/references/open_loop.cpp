// tms_open_loop PORT RATE SECONDS CONNECTIONS PEOPLE: reads the list of tasks RATE times a second,
// whatever the server does. A request has its time in a schedule and its latency counts from there,
// also when it had to wait for a free connection, so that a server that stands still is not measured
// once but for every request that it kept waiting (coordinated omission). PEOPLE is what tms_seed
// printed. Prints JSON; times are in microseconds.

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <iostream>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

class Client {
 public:
  explicit Client(std::uint16_t port) : port_(port) {}
  ~Client() { disconnect(); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Whether the answer was 200.
  bool get(const std::string& request) {
    if (socket_ < 0) connect();
    if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) < 0) return fail();
    buffer_.clear();
    std::size_t head = std::string::npos;
    while (head == std::string::npos || buffer_.size() < head + length_) {
      const std::size_t size = buffer_.size();
      buffer_.resize(size + kRead);
      const ssize_t got = ::recv(socket_, buffer_.data() + size, kRead, 0);
      if (got <= 0) return fail();
      buffer_.resize(size + static_cast<std::size_t>(got));
      if (head == std::string::npos) head = read_head();
    }
    const bool good = buffer_.starts_with("HTTP/1.1 200 ");
    if (closes_) disconnect();
    return good;
  }

 private:
  static constexpr std::size_t kRead = 65536;

  void connect() {
    socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    // An answer that takes longer is an error.
    const timeval limit{.tv_sec = 10, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port_);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
      throw std::runtime_error("cannot connect");
    }
  }

  /// The length of the head with its empty line, once it is there.
  std::size_t read_head() {
    const std::size_t end = buffer_.find("\r\n\r\n");
    if (end == std::string::npos) return end;
    const std::string head = buffer_.substr(0, end);
    const std::string name = "Content-Length: ";
    const std::size_t at = head.find(name);
    length_ = at == std::string::npos ? 0 : std::stoul(head.substr(at + name.size()));
    closes_ = head.find("Connection: close") != std::string::npos;
    return end + 4;
  }

  bool fail() {
    disconnect();
    return false;
  }

  void disconnect() {
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
  }

  std::uint16_t port_;
  int socket_ = -1;
  std::string buffer_;
  std::size_t length_ = 0;
  bool closes_ = false;
};

std::vector<std::string> read_requests(const std::string& file) {
  std::ifstream input(file);
  std::vector<std::string> requests;
  std::string id;
  std::string token;
  std::string list;
  std::string tasks;
  while (input >> id >> token >> list >> tasks) {
    requests.push_back(
        "GET /api/tasks HTTP/1.1\r\nHost: localhost\r\nCookie: tms_session=" + token + "\r\n\r\n");
  }
  if (requests.empty()) throw std::runtime_error("nobody in " + file);
  return requests;
}

double percentile(const std::vector<double>& sorted, double part) {
  return sorted.at(static_cast<std::size_t>(part * static_cast<double>(sorted.size() - 1)));
}

void run(const std::vector<std::string>& arguments) {
  const auto port = static_cast<std::uint16_t>(std::stoi(arguments.at(1)));
  const double rate = std::stod(arguments.at(2));
  const auto total = static_cast<std::size_t>(rate * std::stod(arguments.at(3)));
  const auto requests = read_requests(arguments.at(5));

  std::atomic<std::size_t> next = 0;
  std::atomic<std::size_t> errors = 0;
  std::vector<double> latencies(total);
  const auto began = Clock::now() + std::chrono::milliseconds(100);
  const auto call = [&] {
    Client client(port);
    for (std::size_t slot = next++; slot < total; slot = next++) {
      const auto due = began + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(static_cast<double>(slot) / rate));
      std::this_thread::sleep_until(due);
      if (!client.get(requests[slot % requests.size()])) ++errors;
      latencies[slot] = std::chrono::duration<double, std::micro>(Clock::now() - due).count();
    }
  };
  const auto call_safely = [&] {
    try {
      call();
    } catch (const std::exception&) {
      ++errors;
    }
  };
  std::vector<std::thread> threads;
  for (int count = std::stoi(arguments.at(4)); count > 0; --count)
    threads.emplace_back(call_safely);
  for (std::thread& thread : threads)
    thread.join();

  std::sort(latencies.begin(), latencies.end());
  std::cout << "{\"requests\": " << total << ", \"errors\": " << errors
            << ", \"p50\": " << percentile(latencies, 0.5)
            << ", \"p99\": " << percentile(latencies, 0.99) << ", \"most\": " << latencies.back()
            << "}\n";
}

}  // namespace

int main(int count, char** arguments) {
  try {
    if (count != 6) throw std::runtime_error("PORT RATE SECONDS CONNECTIONS PEOPLE");
    run({arguments, arguments + count});
  } catch (const std::exception& error) {
    std::cerr << "tms_open_loop: " << error.what() << '\n';
    return EXIT_FAILURE;
  }
}
