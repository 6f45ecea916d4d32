#include "backend/aws/sigv4.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"

namespace tms::aws {
namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view kLoginTokenSeconds = "900";

std::string sha256_hex(std::string_view text) {
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  const auto bytes = core::as_bytes(text);
  SHA256(bytes.data(), bytes.size(), digest.data());
  return core::hex_encode(digest);
}

// 20260312T093000Z; its first eight characters are the date of the scope.
std::string amz_date(core::Timestamp now) {
  const auto day = std::chrono::floor<std::chrono::days>(now);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(now - day));
  std::array<char, 40> text{};
  (void)std::snprintf(text.data(), text.size(), "%04d%02u%02uT%02d%02d%02dZ",
                      static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                      static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
                      static_cast<int>(clock.minutes().count()),
                      static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::string scope_of(std::string_view date, std::string_view region, std::string_view service) {
  return std::string(date.substr(0, 8)) + "/" + std::string(region) + "/" + std::string(service) +
         "/aws4_request";
}

std::string signature_of(std::string_view canonical_request,
                         std::string_view date,
                         std::string_view region,
                         std::string_view service,
                         const Credentials& credentials) {
  const std::string to_sign = std::string(kAlgorithm) + "\n" + std::string(date) + "\n" +
                              scope_of(date, region, service) + "\n" +
                              sha256_hex(canonical_request);
  core::Digest key = core::hmac_sha256(core::as_bytes("AWS4" + credentials.secret_access_key),
                                       core::as_bytes(date.substr(0, 8)));
  for (const std::string_view part : {region, service, std::string_view("aws4_request")}) {
    key = core::hmac_sha256(key, core::as_bytes(part));
  }
  return core::hex_encode(core::hmac_sha256(key, core::as_bytes(to_sign)));
}

// Sequences of spaces become one, as the canonical form wants.
std::string canonical_value(std::string_view value) {
  std::string out;
  for (const char character : value) {
    if (character == ' ' && (out.empty() || out.back() == ' ')) continue;
    out += character;
  }
  while (!out.empty() && out.back() == ' ')
    out.pop_back();
  return out;
}

}  // namespace

std::string uri_encode(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string out;
  for (const char character : text) {
    const auto byte = static_cast<unsigned char>(character);
    const bool plain = (byte >= 'A' && byte <= 'Z') || (byte >= 'a' && byte <= 'z') ||
                       (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' || byte == '_' ||
                       byte == '~';
    if (plain) {
      out += character;
    } else {
      out += '%';
      out += kDigits[byte >> 4U];
      out += kDigits[byte & 15U];
    }
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> sign_headers(const SigningRequest& request,
                                                              const Credentials& credentials,
                                                              core::Timestamp now) {
  const std::string date = amz_date(now);
  std::vector<std::pair<std::string, std::string>> added{{"x-amz-date", date}};
  if (!credentials.session_token.empty())
    added.emplace_back("x-amz-security-token", credentials.session_token);

  auto headers = request.headers;
  headers.emplace_back("host", request.host);
  headers.insert(headers.end(), added.begin(), added.end());
  std::sort(headers.begin(), headers.end());

  std::string signed_names;
  std::string canonical = std::string(request.method) + "\n" + std::string(request.path) + "\n\n";
  for (const auto& [name, value] : headers) {
    canonical += name + ":" + canonical_value(value) + "\n";
    signed_names += (signed_names.empty() ? "" : ";") + name;
  }
  canonical += "\n" + signed_names + "\n" + sha256_hex(request.body);

  added.emplace_back(
      "authorization",
      std::string(kAlgorithm) + " Credential=" + credentials.access_key_id + "/" +
          scope_of(date, request.region, request.service) + ", SignedHeaders=" + signed_names +
          ", Signature=" +
          signature_of(canonical, date, request.region, request.service, credentials));
  return added;
}

std::string rds_login_token(std::string_view host,
                            int port,
                            std::string_view user,
                            std::string_view region,
                            const Credentials& credentials,
                            core::Timestamp now) {
  const std::string date = amz_date(now);
  const std::string address = std::string(host) + ":" + std::to_string(port);
  const std::string query =
      "Action=connect&DBUser=" + uri_encode(user) + "&X-Amz-Algorithm=" + std::string(kAlgorithm) +
      "&X-Amz-Credential=" +
      uri_encode(credentials.access_key_id + "/" + scope_of(date, region, "rds-db")) +
      "&X-Amz-Date=" + date + "&X-Amz-Expires=" + std::string(kLoginTokenSeconds);
  const std::string token = credentials.session_token.empty()
                                ? ""
                                : "&X-Amz-Security-Token=" + uri_encode(credentials.session_token);
  const std::string signed_headers = "&X-Amz-SignedHeaders=host";

  // Signed in the order of the names; sent in botocore's.
  const std::string canonical = "GET\n/\n" + query + token + signed_headers + "\nhost:" + address +
                                "\n\nhost\n" + sha256_hex("");
  return address + "/?" + query + signed_headers + token +
         "&X-Amz-Signature=" + signature_of(canonical, date, region, "rds-db", credentials);
}

}  // namespace tms::aws
