#include "backend/hosts/app/ip_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

namespace tms::hosts {
namespace {

constexpr std::array<std::uint8_t, 12> kMappedPrefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};

}  // namespace

std::optional<IpAddress> IpAddress::parse(std::string_view text) {
  const std::string terminated(text);
  // inet_pton would stop at a NUL and accept what stands before it.
  if (terminated.find('\0') != std::string::npos) return std::nullopt;
  IpAddress address;
  if (inet_pton(AF_INET, terminated.c_str(), address.bytes_.data()) == 1) {
    address.v4_ = true;
    return address;
  }
  if (inet_pton(AF_INET6, terminated.c_str(), address.bytes_.data()) != 1) return std::nullopt;
  if (std::equal(kMappedPrefix.begin(), kMappedPrefix.end(), address.bytes_.begin())) {
    std::copy(address.bytes_.begin() + 12, address.bytes_.end(), address.bytes_.begin());
    std::fill(address.bytes_.begin() + 4, address.bytes_.end(), std::uint8_t{0});
    address.v4_ = true;
  }
  return address;
}

bool IpAddress::is_loopback() const {
  if (v4_) return bytes_[0] == 127;
  return std::all_of(bytes_.begin(), bytes_.end() - 1,
                     [](std::uint8_t byte) { return byte == 0; }) &&
         bytes_.back() == 1;
}

std::string IpAddress::to_string() const {
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(v4_ ? AF_INET : AF_INET6, bytes_.data(), text.data(), text.size());
  return text.data();
}

bool IpAddress::shares_prefix(const IpAddress& other, int bits) const {
  if (v4_ != other.v4_) return false;
  for (std::size_t index = 0; bits > 0; ++index, bits -= 8) {
    const int unused = bits >= 8 ? 0 : 8 - bits;
    if ((bytes_.at(index) >> unused) != (other.bytes_.at(index) >> unused)) return false;
  }
  return true;
}

IpAddress IpAddress::source() const {
  IpAddress source = *this;
  if (!v4_) std::fill(source.bytes_.begin() + 8, source.bytes_.end(), std::uint8_t{0});
  return source;
}

std::optional<Cidr> Cidr::parse(std::string_view text) {
  const auto slash = text.find('/');
  const auto base = IpAddress::parse(text.substr(0, slash));
  if (!base) return std::nullopt;
  const int longest = base->is_v4() ? 32 : 128;
  if (slash == std::string_view::npos) return Cidr{*base, longest};
  const std::string_view digits = text.substr(slash + 1);
  int bits = -1;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  if (error != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  if (bits < 0 || bits > longest) return std::nullopt;
  return Cidr{*base, bits};
}

}  // namespace tms::hosts
