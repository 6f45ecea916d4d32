#include "backend/auth/client_source.h"

#include <arpa/inet.h>
#include <netinet/in.h>

#include <array>
#include <cstring>
#include <span>

#include "backend/core/encoding.h"

namespace tms::auth {

std::string client_source(std::string_view address) {
  std::string text(address.substr(0, address.find('%')));  // without an interface's name
  in6_addr wide{};
  if (inet_pton(AF_INET6, text.c_str(), &wide) != 1) return text;
  if (IN6_IS_ADDR_V4MAPPED(&wide)) {
    in_addr narrow{};
    std::memcpy(&narrow, &wide.s6_addr[12], sizeof narrow);
    std::array<char, INET_ADDRSTRLEN> written{};
    return inet_ntop(AF_INET, &narrow, written.data(), written.size());
  }
  return core::hex_encode(std::span(wide.s6_addr).first(8)) + "/64";
}

}  // namespace tms::auth
