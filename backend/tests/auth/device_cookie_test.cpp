#include "backend/auth/device_cookie.h"

#include <gtest/gtest.h>

#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using std::chrono::seconds;

auth::Key key(const std::string& id, std::uint8_t fill) {
  auth::Key made{id, {}};
  made.bytes.fill(fill);
  return made;
}

auth::User user(std::int64_t user_id, const std::string& hash) {
  auth::User made;
  made.user_id = user_id;
  made.password_hash = hash;
  return made;
}

class DeviceCookie : public testing::Test {
 protected:
  /// The pair of a Set-Cookie for ada.
  [[nodiscard]] std::string made() const {
    const std::string cookie = devices.set(ada.user_id, ada.password_hash, clock.now());
    return cookie.substr(0, cookie.find(';'));
  }

  [[nodiscard]] std::string value() const { return made().substr(devices.name().size() + 1); }

  [[nodiscard]] std::optional<std::string> read(const std::string& cookies,
                                                const auth::User& account) const {
    http::Request request;
    request.headers.emplace_back("cookie", cookies);
    return devices.read(request, account, clock.now());
  }

  [[nodiscard]] std::optional<std::string> read(const std::string& cookies) const {
    return read(cookies, ada);
  }

  [[nodiscard]] bool knows(const std::string& text) const {
    return read(std::string(devices.name()) + '=' + text).has_value();
  }

  const auth::Key our_key = key("now", 1);
  const auth::User ada = user(7, "now:$2b$04$hash of ada");
  ManualClock clock;
  FixedRandom random;
  auth::DeviceCookie devices{auth::DeviceCookie::Mode::https, {our_key}, random};
};

TEST_F(DeviceCookie, that_was_set_is_known_and_names_one_device) {
  const std::string first = made();
  const std::string second = made();
  ASSERT_TRUE(read(first));
  EXPECT_EQ(read(first), read(first));
  EXPECT_NE(read(first), read(second));
}

TEST_F(DeviceCookie, has_every_guard_over_https_and_lasts_a_year) {
  const std::string cookie = devices.set(7, "hash", clock.now());
  EXPECT_TRUE(cookie.starts_with("__Host-tms_device="));
  EXPECT_TRUE(cookie.ends_with("; Path=/; Max-Age=31536000; HttpOnly; SameSite=Strict; Secure"));
  const auth::DeviceCookie plain(auth::DeviceCookie::Mode::development, {our_key}, random);
  EXPECT_TRUE(plain.set(7, "hash", clock.now()).starts_with("tms_device="));
}

TEST_F(DeviceCookie, tells_nothing_of_the_account) {
  const std::string cookie = devices.set(123456789, "the stored hash", clock.now());
  EXPECT_EQ(cookie.find("123456789"), std::string::npos);
  EXPECT_EQ(cookie.find("hash"), std::string::npos);
}

TEST_F(DeviceCookie, of_another_account_is_unknown) {
  EXPECT_FALSE(read(made(), user(8, ada.password_hash)));
}

TEST_F(DeviceCookie, from_before_a_change_of_the_password_is_unknown) {
  EXPECT_FALSE(read(made(), user(ada.user_id, "now:$2b$04$another hash")));
}

TEST_F(DeviceCookie, altered_in_any_character_is_unknown) {
  const std::string good = value();
  ASSERT_TRUE(knows(good));
  for (std::size_t i = 0; i < good.size(); ++i) {
    std::string altered = good;
    altered[i] = altered[i] == '1' ? '2' : '1';
    EXPECT_FALSE(knows(altered)) << altered;
  }
}

TEST_F(DeviceCookie, written_in_another_way_is_unknown) {
  const std::string good = value();
  for (const std::string& other :
       {std::string(), std::string("."), std::string(".."), good + '=', good + '.', '.' + good,
        '0' + good, '+' + good, '-' + good, ' ' + good, good.substr(1),
        good.substr(0, good.size() - 1), good + good, '"' + good + '"', "9999999999999" + good,
        std::string(5000, 'a'), std::string(67, '.')}) {
    EXPECT_FALSE(knows(other)) << other;
  }
}

TEST_F(DeviceCookie, of_a_key_that_is_not_ours_is_unknown) {
  for (const std::uint8_t fill : std::initializer_list<std::uint8_t>{0, 2}) {
    const auth::DeviceCookie forged(auth::DeviceCookie::Mode::https, {key("now", fill)}, random);
    const std::string cookie = forged.set(ada.user_id, ada.password_hash, clock.now());
    EXPECT_FALSE(read(cookie.substr(0, cookie.find(';'))));
  }
}

TEST_F(DeviceCookie, of_an_older_key_of_the_ring_is_known) {
  const std::string before = made();
  const auth::DeviceCookie rotated(auth::DeviceCookie::Mode::https, {key("new", 5), our_key},
                                   random);
  http::Request request;
  request.headers.emplace_back("cookie", before);
  EXPECT_TRUE(rotated.read(request, ada, clock.now()));
}

TEST_F(DeviceCookie, ends_after_a_year_by_the_servers_clock) {
  const std::string cookie = made();
  clock.advance(auth::DeviceCookie::kLife - seconds(1));
  EXPECT_TRUE(read(cookie));
  clock.advance(seconds(1));
  EXPECT_FALSE(read(cookie));
}

TEST_F(DeviceCookie, from_the_future_is_unknown) {
  const std::string cookie = devices.set(ada.user_id, ada.password_hash, clock.now() + seconds(2));
  EXPECT_FALSE(read(cookie.substr(0, cookie.find(';'))));
}

TEST_F(DeviceCookie, that_is_there_twice_is_unknown) {
  EXPECT_FALSE(read(made() + "; " + made()));
}

}  // namespace
}  // namespace tms::tests
