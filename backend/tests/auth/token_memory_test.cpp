#include "backend/auth/token_memory.h"

#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using std::chrono::hours;
using std::chrono::seconds;

/// HS256 that counts how often it is asked to verify.
class CountingKey final : public auth::TokenSigningKey {
 public:
  [[nodiscard]] std::string_view id() const override { return key_.id(); }
  [[nodiscard]] std::string_view algorithm() const override { return key_.algorithm(); }
  [[nodiscard]] bool verify(std::string_view signed_text,
                            std::span<const std::uint8_t> signature) const override {
    ++checks;
    return key_.verify(signed_text, signature);
  }
  [[nodiscard]] std::vector<std::uint8_t> sign(std::string_view text) const override {
    return key_.sign(text);
  }

  mutable int checks = 0;

 private:
  auth::HmacTokenKey key_{auth::Key{"now", {}}};
};

class TokenMemory : public testing::Test {
 protected:
  [[nodiscard]] std::string token_of(const std::string& session) const {
    return issuer.issue({session, 42}, clock.now(), clock.now() + hours(1));
  }

  ManualClock clock;
  std::shared_ptr<CountingKey> key = std::make_shared<CountingKey>();
  auth::TokenIssuer issuer{key};
  auth::TokenVerifier verifier{{key}};
  auth::TokenMemory memory{verifier};
};

TEST_F(TokenMemory, checks_the_signature_of_a_good_token_once) {
  const std::string token = token_of("s");
  for (int call = 0; call < 3; ++call) {
    const auto identity = memory.verify(token, clock.now());
    ASSERT_TRUE(identity);
    EXPECT_EQ(identity->session_id, "s");
    EXPECT_EQ(identity->user_id, 42);
  }
  EXPECT_EQ(key->checks, 1);
}

TEST_F(TokenMemory, takes_no_token_for_another) {
  const std::string one = token_of("one");
  const std::string two = token_of("two");
  EXPECT_EQ(memory.verify(one, clock.now())->session_id, "one");
  EXPECT_EQ(memory.verify(two, clock.now())->session_id, "two");
  EXPECT_EQ(memory.verify(one, clock.now())->session_id, "one");
}

TEST_F(TokenMemory, refuses_a_known_token_with_any_byte_changed) {
  const std::string token = token_of("s");
  ASSERT_TRUE(memory.verify(token, clock.now()));
  for (std::size_t place = 0; place < token.size(); ++place) {
    std::string changed = token;
    changed[place] = changed[place] == 'A' ? 'B' : 'A';
    if (changed != token) {
      EXPECT_FALSE(memory.verify(changed, clock.now())) << place;
    }
  }
}

TEST_F(TokenMemory, refuses_a_known_token_from_its_end_on) {
  const std::string token = token_of("s");
  ASSERT_TRUE(memory.verify(token, clock.now()));
  clock.advance(hours(1) - seconds(1));
  EXPECT_TRUE(memory.verify(token, clock.now()));
  clock.advance(seconds(1));
  EXPECT_FALSE(memory.verify(token, clock.now()));
}

TEST_F(TokenMemory, remembers_no_refusal) {
  const std::string forged = token_of("s") + "A";
  EXPECT_FALSE(memory.verify(forged, clock.now()));
  EXPECT_FALSE(memory.verify(forged, clock.now()));
  EXPECT_EQ(memory.verify(token_of("s"), clock.now())->session_id, "s");
}

TEST_F(TokenMemory, without_room_still_tells_the_truth) {
  auth::TokenMemory small(verifier, 0);
  const std::string token = token_of("s");
  EXPECT_TRUE(small.verify(token, clock.now()));
  EXPECT_TRUE(small.verify(token, clock.now()));
  EXPECT_EQ(key->checks, 2);
}

}  // namespace
}  // namespace tms::tests
