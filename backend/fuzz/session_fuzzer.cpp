// Cookie header, session token and known device of strangers: nothing that we did not sign counts.

#include <chrono>

#include "backend/auth/device_cookie.h"
#include "backend/auth/session_cookie.h"
#include "backend/auth/token.h"
#include "backend/fuzz/fuzz.h"

namespace {

const tms::auth::TokenVerifier& verifier() {
  static const tms::auth::TokenVerifier kVerifier(
      tms::auth::KeyRing{tms::auth::Key{.id = "1", .bytes = {1, 2, 3, 4, 5, 6, 7, 8, 9}}});
  return kVerifier;
}

const tms::auth::DeviceCookie& devices() {
  static tms::core::SystemRandom random;
  static const tms::auth::DeviceCookie kDevices(
      tms::auth::DeviceCookie::Mode::development,
      tms::auth::KeyRing{tms::auth::Key{.id = "1", .bytes = {9, 8, 7, 6, 5, 4, 3, 2, 1}}}, random);
  return kDevices;
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tms::fuzz::as_text(data, size);
  const tms::core::Timestamp now{std::chrono::seconds(1'800'000'000)};
  tms::fuzz::require(!verifier().verify(text, now));
  tms::fuzz::require(!verifier().verify_even_if_expired(text, now));

  tms::http::Request request;
  request.headers.emplace_back("cookie", std::string(text));
  const tms::auth::SessionCookie cookie(tms::auth::SessionCookie::Mode::development);
  if (const auto token = cookie.read(request)) {
    tms::fuzz::require(!token->empty());
    tms::fuzz::require(!verifier().verify(*token, now));
  }
  tms::auth::User user;
  user.user_id = 7;
  user.password_hash = "1:$2b$04$";
  tms::fuzz::require(!devices().read(request, user, now));
  request.headers.emplace_back("cookie", "tms_device=" + std::string(text));
  tms::fuzz::require(!devices().read(request, user, now));
  return 0;
}
