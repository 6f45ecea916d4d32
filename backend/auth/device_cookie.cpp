#include "backend/auth/device_cookie.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <charconv>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"

namespace tms::auth {
namespace {

using std::chrono::seconds;

/// 16 and 32 bytes as base64url.
constexpr std::size_t kDeviceLength = 22;
constexpr std::size_t kMacLength = 43;

struct Value {
  std::string_view issued_text;
  seconds issued{0};
  std::string_view device;
  std::vector<std::uint8_t> mac;
};

/// One value has one form: no sign, no leading zero, canonical base64url.
std::optional<Value> parse(std::string_view text) {
  if (text.size() < 2 + kDeviceLength + kMacLength) return std::nullopt;
  const std::string_view mac = text.substr(text.size() - kMacLength);
  text.remove_suffix(kMacLength);
  if (!text.ends_with('.')) return std::nullopt;
  text.remove_suffix(1);
  Value value;
  const auto dot = text.find('.');
  if (dot == std::string_view::npos || text.size() - dot - 1 != kDeviceLength) return std::nullopt;
  value.issued_text = text.substr(0, dot);
  value.device = text.substr(dot + 1);
  const bool digits = !value.issued_text.empty() && value.issued_text.front() != '0' &&
                      std::all_of(value.issued_text.begin(), value.issued_text.end(),
                                  [](char each) { return each >= '0' && each <= '9'; });
  // Twelve digits last until the year 33658 and keep the sum with a life within 64 bits.
  if (!digits || value.issued_text.size() > 12) return std::nullopt;
  const std::string_view number = value.issued_text;
  std::int64_t issued = 0;
  std::from_chars(number.data(), number.data() + number.size(), issued);
  value.issued = seconds(issued);
  if (!core::base64url_decode(value.device)) return std::nullopt;
  auto bytes = core::base64url_decode(mac);
  if (!bytes) return std::nullopt;
  value.mac = std::move(*bytes);
  return value;
}

/// No part but the last can hold a line feed, so that no two cookies are made of one text.
core::Digest sign(const Key& key,
                  std::string_view issued,
                  std::string_view device,
                  std::int64_t user_id,
                  std::string_view password_hash) {
  std::string text(issued);
  text += '\n';
  text += device;
  text += '\n';
  text += std::to_string(user_id);
  text += '\n';
  text += password_hash;
  return core::hmac_sha256(key.bytes, core::as_bytes(text));
}

}  // namespace

std::string_view DeviceCookie::name() const {
  return mode_ == Mode::https ? "__Host-tms_device" : "tms_device";
}

std::string DeviceCookie::set(std::int64_t user_id,
                              std::string_view password_hash,
                              core::Timestamp now) const {
  const auto since_epoch = std::chrono::floor<seconds>(now.time_since_epoch());
  const std::string issued = std::to_string(since_epoch.count());
  const std::string device = core::random_id(random_);
  std::string cookie(name());
  cookie += '=' + issued + '.' + device + '.';
  cookie += core::base64url_encode(sign(keys_.front(), issued, device, user_id, password_hash));
  cookie += "; Path=/; Max-Age=" + std::to_string(kLife.count()) + "; HttpOnly; SameSite=Strict";
  if (mode_ == Mode::https) cookie += "; Secure";
  return cookie;
}

std::optional<std::string> DeviceCookie::read(const http::Request& request,
                                              const User& user,
                                              core::Timestamp now) const {
  const auto values = request.cookies(name());
  if (values.size() != 1) return std::nullopt;
  const auto value = parse(values.front());
  if (!value) return std::nullopt;
  const auto age = std::chrono::floor<seconds>(now.time_since_epoch()) - value->issued;
  if (age < seconds(0) || age >= kLife) return std::nullopt;
  for (const Key& key : keys_) {
    const core::Digest mac =
        sign(key, value->issued_text, value->device, user.user_id, user.password_hash);
    if (value->mac.size() == mac.size() &&
        CRYPTO_memcmp(value->mac.data(), mac.data(), mac.size()) == 0) {
      return std::string(value->device);
    }
  }
  return std::nullopt;
}

}  // namespace tms::auth
