#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tms::hosts {

/// An IP address or name with a port, as in TMS_LISTEN.
struct HostPort {
  std::string host;
  std::uint16_t port = 0;

  /// `127.0.0.1:8080`, `[::1]:8080`, `localhost:8080`. Nothing without a port.
  static std::optional<HostPort> parse(std::string_view text);

  /// IPv6 addresses in brackets.
  [[nodiscard]] std::string to_string() const;
};

/// Whether a host name or address can be reached from this machine alone: localhost, names below it
/// (RFC 6761 section 6.3) and loopback addresses.
bool is_loopback_host(std::string_view host);

/// Where people reach the application: scheme, host and port, without a path.
struct PublicUrl {
  bool https = false;
  std::string host;
  /// 0: the scheme's own.
  std::uint16_t port = 0;

  /// `http(s)://host[:port]`, one `/` at the end allowed. Nothing for anything else.
  static std::optional<PublicUrl> parse(std::string_view text);

  [[nodiscard]] bool is_loopback() const { return is_loopback_host(host); }

  /// As browsers write it in the Origin header: no default port, no slash at the end.
  [[nodiscard]] std::string origin() const;
};

}  // namespace tms::hosts
