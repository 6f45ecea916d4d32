#include "backend/hosts/app/trusted_proxies.h"

#include <algorithm>

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

// Some proxies write the port, too: 192.0.2.1:4711 or [2001:db8::1]:4711.
std::optional<IpAddress> parse_hop(std::string_view text) {
  text = trim(text);
  if (text.starts_with('[')) return IpAddress::parse(text.substr(1, text.find(']') - 1));
  if (std::count(text.begin(), text.end(), ':') == 1) text = text.substr(0, text.find(':'));
  return IpAddress::parse(text);
}

// All hops in the order of the request: several header lines are one list (RFC 9110 section 5.3).
std::vector<std::string_view> forwarded_for(const http::Request& request) {
  std::vector<std::string_view> hops;
  for (const auto& [name, value] : request.headers) {
    if (name != "x-forwarded-for") continue;
    std::string_view rest = value;
    while (!rest.empty())
      hops.push_back(take_until(rest, ','));
  }
  return hops;
}

}  // namespace

std::optional<TrustedProxies> TrustedProxies::parse(std::string_view text) {
  std::vector<Cidr> blocks;
  while (!text.empty()) {
    const std::string_view entry = trim(take_until(text, ','));
    if (entry.empty()) continue;
    const auto block = Cidr::parse(entry);
    if (!block) return std::nullopt;
    blocks.push_back(*block);
  }
  return TrustedProxies(std::move(blocks));
}

bool TrustedProxies::contains(const IpAddress& address) const {
  return std::any_of(blocks_.begin(), blocks_.end(),
                     [&](const Cidr& block) { return block.contains(address); });
}

IpAddress TrustedProxies::client(const IpAddress& peer, const http::Request& request) const {
  IpAddress client = peer;
  const auto hops = forwarded_for(request);
  for (auto hop = hops.rbegin(); hop != hops.rend() && contains(client); ++hop) {
    const auto address = parse_hop(*hop);
    // What cannot be read was not written by the proxies we know, nor is anything left of it.
    if (!address) break;
    client = *address;
  }
  return client;
}

bool TrustedProxies::says_plain_http(const IpAddress& peer, const http::Request& request) const {
  if (!contains(peer) || request.count_headers("x-forwarded-proto") != 1) return false;
  return equals_ignoring_case(*request.header("x-forwarded-proto"), "http");
}

}  // namespace tms::hosts
