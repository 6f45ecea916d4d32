#include "backend/auth/users.h"

#include "backend/tests/support/databases.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

class Users : public DatabaseTest {
 protected:
  std::string create(const std::string& username, const std::string& email) {
    std::string outcome;
    database().write(
        [&](db::Transaction& transaction) {
          const auto made = auth::create_user(
              transaction, {{username, username}, {email, email}, "hash"}, random, clock.now());
          outcome = made ? "created " + std::to_string(made->user_id)
                         : (made.error().code == core::ErrorCode::email_taken ? "email taken"
                                                                              : "name taken");
        },
        soon());
    return outcome;
  }

  std::optional<auth::User> find(std::string_view identifier) {
    std::optional<auth::User> user;
    database().read(
        [&](db::Transaction& transaction) { user = auth::find_user(transaction, identifier); },
        soon());
    return user;
  }

  bool replace_hash(std::string_view expected, std::string_view replacement) {
    bool replaced = false;
    database().write(
        [&](db::Transaction& transaction) {
          replaced =
              auth::replace_password_hash(transaction, 1, expected, replacement, clock.now());
        },
        soon());
    return replaced;
  }

  FixedRandom random;
  ManualClock clock;
};
INSTANTIATE_TEST_SUITE_P(Engines, Users, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(Users, have_ids_from_one_upwards) {
  EXPECT_EQ(create("ada", "ada@example.org"), "created 1");
  EXPECT_EQ(create("bob", "bob@example.org"), "created 2");
}

TEST_P(Users, are_found_by_either_name) {
  create("ada", "ada@example.org");
  EXPECT_EQ(find("ada")->user_id, 1);
  EXPECT_EQ(find("ada@example.org")->user_id, 1);
  EXPECT_FALSE(find("example.org"));
  EXPECT_FALSE(find("%"));
}

TEST_P(Users, share_neither_name_nor_address) {
  create("ada", "ada@example.org");
  EXPECT_EQ(create("ada", "other@example.org"), "name taken");
  EXPECT_EQ(create("other", "ada@example.org"), "email taken");
  EXPECT_EQ(create("ada", "ada@example.org"), "email taken");
}

constexpr db::Statement kCountListsOfUsers{"test_count_lists_of_users",
                                           "select count(*) from lists"};

TEST_P(Users, that_are_refused_leave_no_list) {
  create("ada", "ada@example.org");
  create("ada", "other@example.org");
  EXPECT_EQ(integer(kCountListsOfUsers), 1);
}

TEST_P(Users, keep_a_password_that_was_changed_meanwhile) {
  create("ada", "ada@example.org");
  EXPECT_TRUE(replace_hash("hash", "changed"));
  EXPECT_FALSE(replace_hash("hash", "rehash of the old one"));
  EXPECT_EQ(find("ada")->password_hash, "changed");
}

}  // namespace
}  // namespace tms::tests
