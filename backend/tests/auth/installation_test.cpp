#include "backend/auth/installation.h"

#include "backend/tests/support/databases.h"

namespace tms::tests {
namespace {

constexpr const char* kKeyA = "k3yA9zQ1mX7cV5bN2wE8rT4yU6iO0pLs\n";
constexpr const char* kKeyB = "Zp0Oi6Uy4Tr8Ew2Nb5Vc7Xm1Qz9Ay3Kd\n";

class Installation : public DatabaseTest {
 protected:
  bool starts_with(const std::string& text) {
    return auth::check_secret(database(), auth::Secret::parse(text).value(), soon()).ok();
  }

  const std::string a = std::string("a:") + kKeyA;
  const std::string b = std::string("b:") + kKeyB;
  const std::string a_with_another_key = std::string("a:") + kKeyB;
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         Installation,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(Installation, takes_the_first_secret_and_the_same_again) {
  EXPECT_FALSE(auth::has_secret_fingerprint(database(), soon()));
  EXPECT_TRUE(starts_with(a));
  EXPECT_TRUE(auth::has_secret_fingerprint(database(), soon()));
  EXPECT_TRUE(starts_with(a));
}

TEST_P(Installation, refuses_a_secret_of_another_database) {
  starts_with(a);
  EXPECT_FALSE(starts_with(b));
  EXPECT_FALSE(starts_with(b));
}

TEST_P(Installation, takes_a_new_key_beside_the_old_and_later_without_it) {
  starts_with(a);
  EXPECT_TRUE(starts_with(b + a));
  EXPECT_TRUE(starts_with(b));
}

TEST_P(Installation, refuses_another_key_under_a_known_id) {
  starts_with(a);
  EXPECT_FALSE(starts_with(a_with_another_key));
  starts_with(b + a);
  EXPECT_FALSE(starts_with(b + a_with_another_key));
}

TEST_P(Installation, says_what_to_do) {
  starts_with(a);
  const auto result = auth::check_secret(database(), auth::Secret::parse(b).value(), soon());
  EXPECT_NE(result.error().log.value.find("Put back the secret file"), std::string::npos);
}

}  // namespace
}  // namespace tms::tests
