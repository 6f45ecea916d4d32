// Header and claims that our own key signed, so that what lies behind the signature is reached:
// whatever they say, who is accepted has an id and a session. The two stand on two lines.

#include <chrono>

#include "backend/auth/token.h"
#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/fuzz/fuzz.h"

namespace {

const tms::auth::Key kKey{.id = "1", .bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9}};

std::string sign(std::string_view header, std::string_view claims) {
  std::string text = tms::core::base64url_encode(tms::core::as_bytes(header)) + '.' +
                     tms::core::base64url_encode(tms::core::as_bytes(claims));
  const auto mac = tms::core::hmac_sha256(kKey.bytes, tms::core::as_bytes(text));
  return text + '.' + tms::core::base64url_encode(mac);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const tms::auth::TokenVerifier kVerifier(tms::auth::KeyRing{kKey});
  const tms::core::Timestamp now{std::chrono::seconds(1'800'000'000)};
  const auto text = tms::fuzz::as_text(data, size);
  const auto end = text.find('\n');
  const std::string_view header = text.substr(0, end);
  const std::string_view claims =
      end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
  const std::string token = sign(header, claims);
  if (const auto identity = kVerifier.verify(token, now)) {
    tms::fuzz::require(identity->user_id > 0 && !identity->session_id.empty());
    // What has not ended is also known to logout, and names the same session there.
    const auto again = kVerifier.verify_even_if_expired(token, now);
    tms::fuzz::require(again && again->session_id == identity->session_id);
    tms::fuzz::require(header.find("HS256") != std::string_view::npos);
  }
  return 0;
}
