#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/hosts/app/ip_address.h"
#include "backend/http/request.h"

namespace tms::hosts {

/// The proxies in front of the server whose word on the client counts (TMS_TRUSTED_PROXIES;
/// security checklist, row 28). Everybody else may claim what he likes: it is ignored.
class TrustedProxies {
 public:
  TrustedProxies() = default;
  explicit TrustedProxies(std::vector<Cidr> blocks) : blocks_(std::move(blocks)) {}

  /// Reads a comma-separated list of addresses and CIDR blocks; nothing when one is wrong.
  static std::optional<TrustedProxies> parse(std::string_view text);

  [[nodiscard]] bool contains(const IpAddress& address) const;

  /// Who really asks: the peer, or, when that is a trusted proxy, the last address of
  /// X-Forwarded-For, read from the right, that is none. `Forwarded` and `X-Real-IP` are not read.
  [[nodiscard]] IpAddress client(const IpAddress& peer, const http::Request& request) const;

  /// Whether a trusted peer says that the client came over plain http.
  [[nodiscard]] bool says_plain_http(const IpAddress& peer, const http::Request& request) const;

 private:
  std::vector<Cidr> blocks_;
};

}  // namespace tms::hosts
