#include "backend/auth/session_cookie.h"

#include <gtest/gtest.h>

#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using auth::SessionCookie;

const SessionCookie kHttps(SessionCookie::Mode::https);
const SessionCookie kDevelopment(SessionCookie::Mode::development);

http::Request with_cookies(std::vector<std::string> headers) {
  http::Request request;
  for (auto& header : headers)
    request.headers.emplace_back("cookie", std::move(header));
  return request;
}

TEST(SessionCookie, over_https_has_every_guard) {
  const ManualClock clock;
  EXPECT_EQ(kHttps.set("a.b.c", clock.now(), clock.now() + std::chrono::hours(1)),
            "__Host-tms_session=a.b.c; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict; Secure");
}

TEST(SessionCookie, in_development_lacks_only_what_plain_http_forbids) {
  const ManualClock clock;
  EXPECT_EQ(kDevelopment.set("a.b.c", clock.now(), clock.now() + std::chrono::hours(1)),
            "tms_session=a.b.c; Path=/; Max-Age=3600; HttpOnly; SameSite=Strict");
}

TEST(SessionCookie, is_cleared_with_the_attributes_it_was_set_with) {
  EXPECT_EQ(kHttps.clear(),
            "__Host-tms_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict; Secure");
  EXPECT_EQ(kDevelopment.clear(), "tms_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Strict");
}

TEST(SessionCookie, that_has_ended_is_not_kept) {
  const ManualClock clock;
  const auto cookie = kHttps.set("t", clock.now(), clock.now() - std::chrono::hours(1));
  EXPECT_NE(cookie.find("Max-Age=0;"), std::string::npos);
}

TEST(SessionCookie, is_found_among_others) {
  EXPECT_EQ(kHttps.read(with_cookies({"theme=dark; __Host-tms_session=a.b.c; x=y"})), "a.b.c");
}

TEST(SessionCookie, that_is_there_twice_is_refused) {
  EXPECT_FALSE(kHttps.read(with_cookies({"__Host-tms_session=a; __Host-tms_session=b"})));
  EXPECT_FALSE(kHttps.read(with_cookies({"__Host-tms_session=a", "__Host-tms_session=a"})));
}

TEST(SessionCookie, that_is_missing_or_empty_is_none) {
  EXPECT_FALSE(kHttps.read(with_cookies({})));
  EXPECT_FALSE(kHttps.read(with_cookies({"__Host-tms_session="})));
  EXPECT_FALSE(kHttps.read(with_cookies({"x__Host-tms_session=a"})));
}

TEST(SessionCookie, of_development_counts_for_nothing_over_https) {
  EXPECT_FALSE(kHttps.read(with_cookies({"tms_session=a"})));
}

}  // namespace
}  // namespace tms::tests
