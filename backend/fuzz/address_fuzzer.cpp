// Addresses of peers, proxies and hosts, from headers and settings.

#include "backend/fuzz/fuzz.h"
#include "backend/hosts/app/ascii.h"
#include "backend/hosts/app/content_type.h"
#include "backend/hosts/app/ip_address.h"
#include "backend/hosts/app/origin_check.h"
#include "backend/hosts/app/public_url.h"
#include "backend/hosts/app/trusted_proxies.h"

namespace {

using tms::fuzz::require;

template <class T>
void require_written_back(std::string_view text) {
  if (const auto value = T::parse(text)) {
    const auto again = T::parse(value->to_string());
    require(again && again->to_string() == value->to_string());
  }
}

void read_headers(std::string_view text) {
  const auto peer = *tms::hosts::IpAddress::parse("10.0.0.1");
  const auto proxies = *tms::hosts::TrustedProxies::parse("10.0.0.0/8");
  tms::http::Request request;
  request.method = tms::http::Method::post;
  request.host = "tasks.example.org";
  for (const auto* name : {"x-forwarded-for", "content-type", "origin"})
    request.headers.emplace_back(name, std::string(text));
  const auto client = proxies.client(peer, request);
  require(tms::hosts::IpAddress::parse(client.to_string()) == client);
  // Names of hosts are compared without case.
  if (tms::hosts::is_same_origin(request, "https://tasks.example.org"))
    require(tms::hosts::to_lower(text).find("tasks.example.org") != std::string::npos);
  (void)tms::hosts::is_json_body(request);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tms::fuzz::as_text(data, size);
  require_written_back<tms::hosts::IpAddress>(text);
  require_written_back<tms::hosts::HostPort>(text);
  if (const auto url = tms::hosts::PublicUrl::parse(text))
    require(tms::hosts::PublicUrl::parse(url->origin()).has_value());
  read_headers(text);
  return 0;
}
