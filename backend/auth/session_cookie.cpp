#include "backend/auth/session_cookie.h"

#include <algorithm>
#include <chrono>

namespace tms::auth {

std::string_view SessionCookie::name() const {
  return mode_ == Mode::https ? "__Host-tms_session" : "tms_session";
}

std::optional<std::string_view> SessionCookie::read(const http::Request& request) const {
  const auto values = request.cookies(name());
  if (values.size() != 1 || values.front().empty()) return std::nullopt;
  return values.front();
}

std::string SessionCookie::set(std::string_view token,
                               core::Timestamp now,
                               core::Timestamp expires) const {
  const auto age = std::chrono::floor<std::chrono::seconds>(expires - now);
  return write(token, std::max(age, std::chrono::seconds(0)));
}

std::string SessionCookie::clear() const {
  return write("", std::chrono::seconds(0));
}

std::string SessionCookie::write(std::string_view value, std::chrono::seconds age) const {
  std::string cookie(name());
  cookie += '=';
  cookie += value;
  cookie += "; Path=/; Max-Age=" + std::to_string(age.count()) + "; HttpOnly; SameSite=Strict";
  if (mode_ == Mode::https) cookie += "; Secure";
  return cookie;
}

}  // namespace tms::auth
