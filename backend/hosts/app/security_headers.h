#pragma once

#include <array>
#include <string_view>

#include "backend/http/response.h"

namespace tms::hosts {

struct HeaderValue {
  std::string_view name;
  std::string_view value;
};

/// What the browser is told on every response, pages, answers and errors alike (security checklist,
/// rows 47 and 48). `trusted-types tms-sw` is the one policy of the page: its service worker's URL.
inline constexpr std::array kSecurityHeaders{
    HeaderValue{"Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; "
                "form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
                "require-trusted-types-for 'script'; trusted-types tms-sw"},
    HeaderValue{"X-Content-Type-Options", "nosniff"},
    HeaderValue{"Referrer-Policy", "no-referrer"},
    HeaderValue{"Cross-Origin-Opener-Policy", "same-origin"},
    HeaderValue{"Cross-Origin-Resource-Policy", "same-origin"},
    HeaderValue{"Cross-Origin-Embedder-Policy", "require-corp"},
    HeaderValue{"Permissions-Policy",
                "accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), "
                "magnetometer=(), microphone=(), midi=(), payment=(), usb=()"},
};

/// Two years: above the year that RFC 6797 users and browsers' preload lists ask for. Browsers
/// ignore it over plain http, so it is sent over https alone.
inline constexpr std::string_view kStrictTransport = "max-age=63072000";
inline constexpr std::string_view kStrictTransportWithSubdomains =
    "max-age=63072000; includeSubDomains";

enum class StrictTransport { off, host, host_and_subdomains };

/// Adds the table, Strict-Transport-Security, and `Cache-Control: no-store` where the response says
/// nothing about caching.
void add_security_headers(http::Response& response, StrictTransport strict_transport);

}  // namespace tms::hosts
