#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tms::hosts {

/// An IP address of either family. An IPv4 address in IPv6 form (::ffff:a.b.c.d, as a dual-stack
/// socket reports it) is the IPv4 address.
class IpAddress {
 public:
  /// Nothing for anything but an address; no port, no zone.
  static std::optional<IpAddress> parse(std::string_view text);

  [[nodiscard]] bool is_v4() const { return v4_; }
  [[nodiscard]] bool is_loopback() const;
  [[nodiscard]] std::string to_string() const;

  /// Whether the first `bits` bits are those of `other`; never across families.
  [[nodiscard]] bool shares_prefix(const IpAddress& other, int bits) const;

  /// What counts as one source: the IPv4 address itself, the /64 of an IPv6 address, because a
  /// home gets a whole /64.
  [[nodiscard]] IpAddress source() const;

  friend bool operator==(const IpAddress&, const IpAddress&) = default;

 private:
  // IPv4 lies in the first four bytes.
  std::array<std::uint8_t, 16> bytes_{};
  bool v4_ = false;
};

/// A block of addresses, such as 10.0.0.0/8 or fd00::/8; a single address is a block of one.
struct Cidr {
  IpAddress base;
  int bits = 0;

  /// Nothing for a bad address or a prefix longer than the address.
  static std::optional<Cidr> parse(std::string_view text);

  [[nodiscard]] bool contains(const IpAddress& address) const {
    return address.shares_prefix(base, bits);
  }
};

}  // namespace tms::hosts
