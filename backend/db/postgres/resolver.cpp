#include "backend/db/postgres/resolver.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "backend/db/database.h"

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

struct Answer {
  int code = 0;
  std::vector<std::string> addresses;
};

Answer look_up(const std::string& host) {
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  Answer answer;
  answer.code = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (answer.code != 0) return answer;
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  for (const addrinfo* entry = found; entry != nullptr; entry = entry->ai_next) {
    std::array<char, NI_MAXHOST> text{};
    if (::getnameinfo(entry->ai_addr, entry->ai_addrlen, text.data(),
                      static_cast<socklen_t>(text.size()), nullptr, 0, NI_NUMERICHOST) != 0) {
      continue;
    }
    const std::string address = text.data();
    if (std::ranges::find(answer.addresses, address) == answer.addresses.end()) {
      answer.addresses.push_back(address);
    }
  }
  return answer;
}

}  // namespace

std::vector<std::string> resolve_host(const std::string& host, core::Deadline deadline) {
  // getaddrinfo cannot be interrupted: a thread that comes too late ends by itself.
  std::packaged_task<Answer()> task([host] { return look_up(host); });
  std::future<Answer> future = task.get_future();
  std::thread(std::move(task)).detach();
  if (future.wait_until(deadline) != std::future_status::ready) {
    throw Unavailable("the name " + host + " was not resolved in time", 1s);
  }
  Answer answer = future.get();
  if (answer.addresses.empty()) {
    throw Unavailable("cannot resolve " + host + ": " + ::gai_strerror(answer.code), 1s);
  }
  return std::move(answer.addresses);
}

bool is_numeric_address(const std::string& host) {
  in6_addr address{};
  return ::inet_pton(AF_INET, host.c_str(), &address) == 1 ||
         ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

}  // namespace tms::db::postgres
