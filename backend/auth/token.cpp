#include "backend/auth/token.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <stdexcept>
#include <utility>

#include "backend/core/encoding.h"
#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"

namespace tms::auth {
namespace {

/// Own type and names, so that no other token ever made with the key is taken for a session's
/// (RFC 8725 sections 3.11 and 3.12).
constexpr std::string_view kType = "session+jwt";
constexpr std::string_view kIssuer = "tms";
constexpr std::string_view kAudience = "tms-session";

/// Ours are below 400 bytes; nothing longer is worth decoding.
constexpr std::size_t kMaxTokenBytes = 1024;
/// Clocks of two instances may differ by this much.
constexpr std::int64_t kSkewSeconds = 30;

constexpr std::array<std::string_view, 3> kHeaderMembers{"alg", "typ", "kid"};
constexpr std::array<std::string_view, 6> kClaims{"iss", "aud", "sub", "sid", "iat", "exp"};

std::int64_t seconds_of(core::Timestamp time) {
  return std::chrono::floor<std::chrono::seconds>(time.time_since_epoch()).count();
}

std::string encode_text(std::string_view text) {
  return core::base64url_encode(core::as_bytes(text));
}

struct Parts {
  std::string_view header;
  std::string_view payload;
  std::string_view signature;
  std::string_view signed_text;
};

std::optional<Parts> split(std::string_view token) {
  if (token.size() > kMaxTokenBytes) return std::nullopt;
  const auto first = token.find('.');
  if (first == std::string_view::npos) return std::nullopt;
  const auto second = token.find('.', first + 1);
  if (second == std::string_view::npos) return std::nullopt;
  if (token.find('.', second + 1) != std::string_view::npos) return std::nullopt;
  return Parts{token.substr(0, first), token.substr(first + 1, second - first - 1),
               token.substr(second + 1), token.substr(0, second)};
}

/// The JSON object behind the base64url, when it has exactly these members.
template <std::size_t N>
std::optional<http::JsonValue> read_object(std::string_view encoded,
                                           const std::array<std::string_view, N>& members) {
  const auto bytes = core::base64url_decode(encoded);
  if (!bytes) return std::nullopt;
  auto parsed = http::parse_json({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
  if (!parsed) return std::nullopt;
  const http::JsonObject* object = parsed->as_object();
  // As many members as expected, no name twice (parse_json), each of them there: no other is.
  if (object == nullptr || object->size() != N) return std::nullopt;
  const bool complete = std::all_of(members.begin(), members.end(), [&](std::string_view name) {
    return parsed->find(name) != nullptr;
  });
  if (!complete) return std::nullopt;
  return std::move(*parsed);
}

bool is_text(const http::JsonValue& object, std::string_view name, std::string_view expected) {
  const std::string* text = object.find(name)->as_string();
  return text != nullptr && *text == expected;
}

std::optional<std::int64_t> read_user_id(const http::JsonValue& claims) {
  const std::string* text = claims.find("sub")->as_string();
  if (text == nullptr) return std::nullopt;
  std::int64_t user_id = 0;
  const char* end = text->data() + text->size();
  const auto [stop, error] = std::from_chars(text->data(), end, user_id);
  // Only the one way in which the issuer writes a number.
  if (error != std::errc() || stop != end || user_id < 1 || std::to_string(user_id) != *text) {
    return std::nullopt;
  }
  return user_id;
}

bool is_from_the_future(const TokenClaims& claims, core::Timestamp now) {
  return claims.issued - kSkewSeconds > seconds_of(now);
}

}  // namespace

bool TokenClaims::are_valid_at(core::Timestamp now) const {
  // No grace for `exp`: the session row ends at the same moment.
  return !is_from_the_future(*this, now) && expires > seconds_of(now);
}

std::optional<TokenClaims> TokenVerifier::read(std::string_view token) const {
  const auto parts = split(token);
  if (!parts) return std::nullopt;

  const auto header = read_object(parts->header, kHeaderMembers);
  if (!header || !is_text(*header, "typ", kType)) return std::nullopt;
  const auto key = std::find_if(keys_.begin(), keys_.end(),
                                [&](const auto& k) { return is_text(*header, "kid", k->id()); });
  if (key == keys_.end() || !is_text(*header, "alg", (*key)->algorithm())) return std::nullopt;

  const auto signature = core::base64url_decode(parts->signature);
  if (!signature || !(*key)->verify(parts->signed_text, *signature)) return std::nullopt;

  const auto claims = read_object(parts->payload, kClaims);
  if (!claims || !is_text(*claims, "iss", kIssuer) || !is_text(*claims, "aud", kAudience)) {
    return std::nullopt;
  }
  const std::int64_t* issued = claims->find("iat")->as_integer();
  const std::int64_t* expires = claims->find("exp")->as_integer();
  if (issued == nullptr || expires == nullptr || *issued < 0 || *expires < *issued) {
    return std::nullopt;
  }

  const auto user_id = read_user_id(*claims);
  const std::string* session_id = claims->find("sid")->as_string();
  if (!user_id || session_id == nullptr || session_id->empty()) return std::nullopt;
  return TokenClaims{{*session_id, *user_id}, *issued, *expires};
}

TokenIssuer::TokenIssuer(std::shared_ptr<const TokenSigningKey> key) : key_(std::move(key)) {
  if (key_ == nullptr) throw std::invalid_argument("tokens need a key");
}

TokenIssuer::TokenIssuer(const KeyRing& keys)
    : TokenIssuer(std::make_shared<HmacTokenKey>(keys.at(0))) {}

std::string TokenIssuer::issue(const http::Identity& identity,
                               core::Timestamp issued,
                               core::Timestamp expires) const {
  http::JsonWriter header;
  header.begin_object();
  header.member("alg", key_->algorithm());
  header.member("typ", kType);
  header.member("kid", key_->id());
  header.end_object();

  http::JsonWriter claims;
  claims.begin_object();
  claims.member("iss", kIssuer);
  claims.member("aud", kAudience);
  claims.member("sub", std::to_string(identity.user_id));
  claims.member("sid", identity.session_id);
  claims.member("iat", seconds_of(issued));
  claims.member("exp", seconds_of(expires));
  claims.end_object();

  std::string token = encode_text(header.text()) + '.' + encode_text(claims.text());
  const std::string signature = core::base64url_encode(key_->sign(token));
  token.push_back('.');
  token += signature;
  return token;
}

TokenVerifier::TokenVerifier(std::vector<std::shared_ptr<const TokenVerificationKey>> keys)
    : keys_(std::move(keys)) {
  if (keys_.empty()) throw std::invalid_argument("tokens need a key");
}

TokenVerifier::TokenVerifier(const KeyRing& keys) {
  for (const Key& key : keys)
    keys_.push_back(std::make_shared<HmacTokenKey>(key));
  if (keys_.empty()) throw std::invalid_argument("tokens need a key");
}

std::optional<http::Identity> TokenVerifier::verify(std::string_view token,
                                                    core::Timestamp now) const {
  auto claims = read(token);
  if (!claims || !claims->are_valid_at(now)) return std::nullopt;
  return std::move(claims->identity);
}

std::optional<http::Identity> TokenVerifier::verify_even_if_expired(std::string_view token,
                                                                    core::Timestamp now) const {
  auto claims = read(token);
  if (!claims || is_from_the_future(*claims, now)) return std::nullopt;
  return std::move(claims->identity);
}

}  // namespace tms::auth
