#include <gmock/gmock.h>

#include <thread>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

constexpr db::Statement kLockMe{"test_lock_me", "update users set locked_at = 1"};
constexpr db::Statement kDeleteMe{"test_delete_me", "delete from users"};
constexpr db::Statement kLastSeen{"test_last_seen", "select max(last_seen) from sessions"};
constexpr db::Statement kOldestSeen{"test_oldest_seen", "select min(last_seen) from sessions"};
constexpr db::Statement kAgeBob{"test_age_bob", R"sql(
update sessions
set last_seen = $1
where user_id = 2)sql"};

class Me : public AccountsTest {
 protected:
  void SetUp() override { sign_up("Ada", "Ada@example.org", kPassword, browser); }

  /// The note is written while nobody waits for it, so this does.
  bool becomes_seen_now(const db::Statement& seen = kLastSeen) {
    const auto deadline = soon();
    while (integer(seen) != core::to_micros(clock.now())) {
      if (std::chrono::steady_clock::now() > deadline) return false;
      std::this_thread::yield();
    }
    return true;
  }

  Browser browser;
};
INSTANTIATE_TEST_SUITE_P(Engines, Me, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Me, answers_with_the_user_and_nothing_else_of_the_row) {
  const auto response = call("me", {}, browser);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"user":{"user_id":1,"username":"Ada","email":"Ada@example.org",)"
                           R"("created_at":"2026-03-12T09:30:00.000000Z"}})");
  EXPECT_TRUE(response.set_cookies.empty());
}

TEST_P(Me, the_session_ends_after_fourteen_idle_days) {
  clock.advance(std::chrono::hours(24 * 14) - std::chrono::seconds(1));
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
  clock.advance(std::chrono::hours(24 * 14));
  EXPECT_EQ(outcome(call("me", {}, browser)), "401 not_signed_in");
}

TEST_P(Me, the_session_ends_after_ninety_days_of_use) {
  for (int day = 0; day < 89; ++day) {
    clock.advance(std::chrono::hours(24));
    ASSERT_EQ(outcome(call("me", {}, browser)), "200") << day;
    ASSERT_TRUE(becomes_seen_now()) << day;
  }
  clock.advance(std::chrono::hours(24));
  EXPECT_EQ(call("me", {}, browser).status, 401);
}

TEST_P(Me, notes_that_the_session_was_used_an_hour_after_the_last_note) {
  clock.advance(std::chrono::hours(1));
  call("me", {}, browser);
  EXPECT_TRUE(becomes_seen_now());
}

TEST_P(Me, notes_nothing_within_the_hour) {
  Browser other;
  other.address = "198.51.100.1";
  sign_up("bob", "bob@example.org", kPassword, other);
  clock.advance(std::chrono::hours(1));
  call("me", {}, other);
  call("me", {}, browser);
  // Both of them: one that is still on its way would make the next call note again.
  ASSERT_TRUE(becomes_seen_now(kOldestSeen));
  const auto noted = integer(kLastSeen);
  clock.advance(std::chrono::minutes(59));
  call("me", {}, browser);
  // Notes are written one after the other: once a later one is there, this one would be.
  execute(kAgeBob, noted - 7'200'000'000);
  call("me", {}, other);
  ASSERT_TRUE(becomes_seen_now());
  EXPECT_EQ(integer(kOldestSeen), noted);
}

TEST_P(Me, a_401_leaves_the_cookie_alone) {
  clock.advance(std::chrono::hours(24 * 15));
  EXPECT_TRUE(call("me", {}, browser).set_cookies.empty());
}

TEST_P(Me, a_locked_user_is_signed_out_at_once) {
  execute(kLockMe);
  EXPECT_EQ(outcome(call("me", {}, browser)), "401 not_signed_in");
}

TEST_P(Me, a_deleted_user_is_signed_out_at_once) {
  execute(kDeleteMe);
  EXPECT_EQ(outcome(call("me", {}, browser)), "401 not_signed_in");
}

TEST_P(Me, a_genuine_token_without_a_session_row_is_401) {
  Browser forger;
  forger.token = issuer().issue({"AAAAAAAAAAAAAAAAAAAAAA", 1}, clock.now(),
                                clock.now() + std::chrono::hours(1));
  EXPECT_EQ(outcome(call("me", {}, forger)), "401 not_signed_in");
}

TEST_P(Me, an_unknown_query_name_is_422) {
  auto request = make_request("me", {}, browser);
  request.query.emplace_back("fields", "password_hash");
  EXPECT_EQ(outcome(handle("me", request)), "422 validation_failed");
}

}  // namespace
}  // namespace tms::tests
