#include "backend/hosts/app/public_url.h"

#include <algorithm>
#include <charconv>

#include "backend/hosts/app/ascii.h"
#include "backend/hosts/app/ip_address.h"

namespace tms::hosts {
namespace {

std::optional<std::uint16_t> parse_port(std::string_view text) {
  std::uint16_t port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return port;
}

bool is_host_name(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char character) {
    const char lower = to_lower(character);
    return is_digit(lower) || (lower >= 'a' && lower <= 'z') || lower == '-' || lower == '.' ||
           lower == '_';
  });
}

// Splits off the port; a host in brackets is an IPv6 address.
struct Authority {
  std::string_view host;
  std::optional<std::string_view> port;
};

std::optional<Authority> split(std::string_view text) {
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    const std::string_view host = text.substr(1, end - 1);
    const auto address = IpAddress::parse(host);
    if (!address || host.find(':') == std::string_view::npos) return std::nullopt;
    const std::string_view rest = text.substr(end + 1);
    if (rest.empty()) return Authority{host, std::nullopt};
    if (!rest.starts_with(':')) return std::nullopt;
    return Authority{host, rest.substr(1)};
  }
  const auto colon = text.find(':');
  const std::string_view host = text.substr(0, colon);
  if (!is_host_name(host)) return std::nullopt;
  if (colon == std::string_view::npos) return Authority{host, std::nullopt};
  return Authority{host, text.substr(colon + 1)};
}

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

}  // namespace

std::optional<HostPort> HostPort::parse(std::string_view text) {
  const auto authority = split(text);
  if (!authority || !authority->port) return std::nullopt;
  const auto port = parse_port(*authority->port);
  if (!port) return std::nullopt;
  return HostPort{std::string(authority->host), *port};
}

std::string HostPort::to_string() const {
  return bracketed(host) + ":" + std::to_string(port);
}

bool is_loopback_host(std::string_view host) {
  if (const auto address = IpAddress::parse(host)) return address->is_loopback();
  const std::string lower = to_lower(host);
  return lower == "localhost" || lower.ends_with(".localhost");
}

std::optional<PublicUrl> PublicUrl::parse(std::string_view text) {
  PublicUrl url;
  const auto end = text.find("://");
  if (end == std::string_view::npos) return std::nullopt;
  const std::string scheme = to_lower(text.substr(0, end));
  if (scheme != "http" && scheme != "https") return std::nullopt;
  url.https = scheme == "https";
  text.remove_prefix(end + 3);
  if (text.ends_with('/')) text.remove_suffix(1);
  const auto authority = split(text);
  if (!authority) return std::nullopt;
  url.host = to_lower(authority->host);
  if (authority->port) {
    const auto port = parse_port(*authority->port);
    if (!port || *port == 0) return std::nullopt;
    url.port = *port == (url.https ? 443 : 80) ? std::uint16_t{0} : *port;
  }
  return url;
}

std::string PublicUrl::origin() const {
  std::string text = https ? "https://" : "http://";
  text += bracketed(host);
  if (port != 0) text += ":" + std::to_string(port);
  return text;
}

}  // namespace tms::hosts
