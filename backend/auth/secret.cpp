#include "backend/auth/secret.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/kdf.h>
#include <openssl/params.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>

#include "backend/core/encoding.h"

namespace tms::auth {
namespace {

constexpr std::size_t kMinKeyBytes = 32;
constexpr std::size_t kMaxIdBytes = 32;
/// 32 random characters of 64 hold fewer than 10 different ones once in 10^13 keys.
constexpr std::size_t kMinDifferentBytes = 10;
/// What people leave in place of a secret: parts of examples and of other projects' defaults
/// (CVE-2026-33503 was such a default).
constexpr std::array<std::string_view, 9> kSampleParts{"changeme", "change-me", "change_me",
                                                       "example",  "secret",    "password",
                                                       "insert",   "your-",     "0123456789abcdef"};

core::Error refuse(std::string log) {
  core::Error error;
  error.log.value = std::move(log);
  return error;
}

bool is_id_character(char character) {
  return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
         (character >= '0' && character <= '9') || character == '-' || character == '_';
}

bool is_known_sample(std::string_view key) {
  std::string lower(key);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](unsigned char character) {
    return static_cast<char>(std::tolower(character));
  });
  return std::any_of(kSampleParts.begin(), kSampleParts.end(),
                     [&](std::string_view part) { return lower.find(part) != std::string::npos; });
}

std::string_view without_carriage_return(std::string_view line) {
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

/// What is wrong with a line, or nothing.
std::optional<std::string> fault_of(std::string_view id, std::string_view key) {
  if (id.empty() || id.size() > kMaxIdBytes ||
      !std::all_of(id.begin(), id.end(), is_id_character)) {
    return "the id before the colon must be 1 to 32 of A-Z a-z 0-9 - _";
  }
  if (key.size() < kMinKeyBytes) return "the key is shorter than 32 bytes";
  if (std::set<char>(key.begin(), key.end()).size() < kMinDifferentBytes) {
    return "the key is not random";
  }
  if (is_known_sample(key)) return "the key is a sample; make one with: openssl rand -hex 32";
  return std::nullopt;
}

std::string_view label(KeyPurpose purpose) {
  switch (purpose) {
    case KeyPurpose::password_pepper:
      return "tms password pepper";
    case KeyPurpose::one_time_codes:
      return "tms one-time codes";
    case KeyPurpose::session_tokens:
      return "tms session tokens";
    case KeyPurpose::known_devices:
      return "tms known devices";
  }
  throw std::logic_error("unknown key purpose");
}

std::array<std::uint8_t, 32> derive(std::string_view key, std::string_view info) {
  const std::unique_ptr<EVP_KDF, decltype(&EVP_KDF_free)> kdf(
      EVP_KDF_fetch(nullptr, "HKDF", nullptr), &EVP_KDF_free);
  const std::unique_ptr<EVP_KDF_CTX, decltype(&EVP_KDF_CTX_free)> context(
      EVP_KDF_CTX_new(kdf.get()), &EVP_KDF_CTX_free);
  std::string digest = "SHA256";
  std::string key_bytes(key);
  std::string info_bytes(info);
  const std::array<OSSL_PARAM, 4> parameters{
      OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, digest.data(), digest.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key_bytes.data(), key_bytes.size()),
      OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_INFO, info_bytes.data(), info_bytes.size()),
      OSSL_PARAM_construct_end()};
  std::array<std::uint8_t, 32> derived{};
  if (context == nullptr ||
      EVP_KDF_derive(context.get(), derived.data(), derived.size(), parameters.data()) != 1) {
    throw std::runtime_error("HKDF-SHA-256 failed");
  }
  return derived;
}

}  // namespace

core::Result<Secret> Secret::parse(std::string_view text) {
  std::vector<Line> lines;
  std::size_t number = 0;
  while (!text.empty()) {
    ++number;
    const auto end = text.find('\n');
    const std::string_view line = without_carriage_return(text.substr(0, end));
    text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
    if (line.empty() || line.front() == '#') continue;

    const std::string where = "the secret, line " + std::to_string(number) + ": ";
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return refuse(where + "it must be id:key");
    const std::string_view id = line.substr(0, colon);
    const std::string_view key = line.substr(colon + 1);
    if (const auto fault = fault_of(id, key)) return refuse(where + *fault);
    const bool known = std::any_of(lines.begin(), lines.end(),
                                   [&](const Line& earlier) { return earlier.id == id; });
    if (known) return refuse(where + "the id is there twice");
    lines.push_back({std::string(id), std::string(key)});
  }
  if (lines.empty()) return refuse("the secret holds no line id:key");
  return Secret(std::move(lines));
}

std::string Secret::make_text(core::Random& random) {
  std::array<std::uint8_t, 32> key{};
  random.fill(key);
  std::array<std::uint8_t, 4> id{};
  random.fill(id);
  return "# Keep this file with every backup: without it no password and no session is worth "
         "anything.\n" +
         core::hex_encode(id) + ':' + core::base64url_encode(key) + '\n';
}

KeyRing Secret::keys(KeyPurpose purpose) const {
  KeyRing ring;
  for (const Line& line : lines_)
    ring.push_back({line.id, derive(line.key, label(purpose))});
  return ring;
}

std::vector<std::uint8_t> Secret::pseudonym_key() const {
  const auto derived = derive(lines_.front().key, "tms pseudonyms");
  return {derived.begin(), derived.end()};
}

std::vector<Secret::Fingerprint> Secret::fingerprints() const {
  std::vector<Fingerprint> fingerprints;
  for (const Line& line : lines_) {
    const auto derived = derive(line.key, "tms fingerprint");
    fingerprints.push_back({line.id, core::hex_encode(std::span(derived).first(16))});
  }
  return fingerprints;
}

}  // namespace tms::auth
