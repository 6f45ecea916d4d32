#include "backend/hosts/server/cli/user_command.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <sstream>

#include "backend/auth/users.h"
#include "backend/hosts/server/backend.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/recorded_log.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using Action = UserCommand::Action;

class UserCommandTest : public testing::Test {
 protected:
  UserCommandTest() {
    settings_.data_dir = folder_.path();
    settings_.secret_file = folder_.path() / "secret";
    settings_.bcrypt_cost = 4;
  }

  /// Runs one command; what it printed is in `output_`.
  int run(const UserCommand& command, const std::string& typed = "") {
    std::istringstream in(typed);
    std::ostringstream out;
    Console console{in, out, out};
    const int code =
        run_user_command(command, settings_, clock_, random_, console, {log_, "grace"});
    output_ = out.str();
    return code;
  }

  int create(const std::string& name, const std::string& password = "a long enough password\n") {
    return run({Action::create, name, name + "@example.org"}, password);
  }

  std::optional<auth::User> find(const std::string& name) {
    std::optional<auth::User> user;
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    open_database(settings_)->read(
        [&](db::Transaction& transaction) { user = auth::find_user(transaction, name); }, deadline);
    return user;
  }

  tests::TemporaryFolder folder_;
  tests::ManualClock clock_;
  tests::FixedRandom random_;
  Settings settings_;
  std::string output_;
  tests::RecordedLog log_;
};

TEST_F(UserCommandTest, what_an_operator_changes_is_in_the_audit_log_with_his_name) {
  create("ada");
  run({Action::lock, "ada"});
  run({Action::unlock, "ada@example.org"});
  run({Action::set_password, "ada"}, "another long password\n");
  run({Action::remove, "ada", "", true});
  std::vector<std::string> names;
  for (const std::string& line : log_.lines()) {
    names.push_back(line.substr(0, line.find(" client")));
    EXPECT_THAT(line, testing::HasSubstr("client=console operator=grace user_id=1"));
  }
  EXPECT_THAT(names, testing::ElementsAre(
                         "info audit name=account_created", "info audit name=account_locked",
                         "info audit name=account_unlocked", "info audit name=account_password_set",
                         "info audit name=account_deleted"));
}

TEST_F(UserCommandTest, what_was_refused_or_only_read_is_not_in_the_audit_log) {
  run({Action::lock, "nobody"});
  create("ada", "short\n");
  run({Action::list});
  EXPECT_THAT(log_.lines(), testing::IsEmpty());
}

TEST_F(UserCommandTest, created_user_is_listed_and_has_a_hash_instead_of_the_password) {
  EXPECT_EQ(create("ada"), 0);
  EXPECT_EQ(run({Action::list}), 0);
  EXPECT_NE(output_.find("ada@example.org"), std::string::npos);
  EXPECT_NE(output_.find("active"), std::string::npos);
  ASSERT_TRUE(find("ada"));
  EXPECT_NE(find("ada")->password_hash.find("$2b$04$"), std::string::npos);
}

TEST_F(UserCommandTest, taken_names_and_addresses_are_refused) {
  ASSERT_EQ(create("ada"), 0);
  EXPECT_EQ(run({Action::create, "ADA", "other@example.org"}, "a long enough password\n"), 1);
  EXPECT_NE(output_.find("user name is taken"), std::string::npos);
  EXPECT_EQ(run({Action::create, "bob", "Ada@Example.org"}, "a long enough password\n"), 1);
  EXPECT_NE(output_.find("already has an account"), std::string::npos);
  EXPECT_FALSE(find("bob"));
}

TEST_F(UserCommandTest, wrong_names_addresses_and_passwords_are_refused_with_the_reason) {
  EXPECT_EQ(run({Action::create, "a b", "a@example.org"}, "a long enough password\n"), 1);
  EXPECT_EQ(run({Action::create, "ada", "nowhere"}, "a long enough password\n"), 1);
  EXPECT_EQ(create("ada", "short\n"), 1);
  EXPECT_EQ(create("ada", "password123\n"), 1);
  EXPECT_EQ(run({Action::create, "adalovelace", "a@example.org"}, "adalovelace\n"), 1);
  EXPECT_EQ(create("ada", ""), 1);
  EXPECT_FALSE(find("ada"));
}

TEST_F(UserCommandTest, password_is_never_printed) {
  create("ada", "correct horse staple\n");
  EXPECT_EQ(output_.find("horse"), std::string::npos);
}

TEST_F(UserCommandTest, lock_and_unlock_are_seen_in_the_list) {
  ASSERT_EQ(create("ada"), 0);
  EXPECT_EQ(run({Action::lock, "ADA"}), 0);
  EXPECT_TRUE(find("ada")->locked);
  EXPECT_EQ(run({Action::unlock, "ada@example.org"}), 0);
  EXPECT_FALSE(find("ada")->locked);
}

TEST_F(UserCommandTest, set_password_changes_the_hash) {
  ASSERT_EQ(create("ada"), 0);
  const std::string before = find("ada")->password_hash;
  EXPECT_EQ(run({Action::set_password, "ada"}, "another long password\n"), 0);
  EXPECT_NE(find("ada")->password_hash, before);
}

TEST_F(UserCommandTest, delete_asks_for_the_name_unless_told_not_to) {
  ASSERT_EQ(create("ada"), 0);
  EXPECT_EQ(run({Action::remove, "ada"}, "yes\n"), 1);
  EXPECT_TRUE(find("ada"));
  EXPECT_EQ(run({Action::remove, "ada"}, "ada\n"), 0);
  EXPECT_FALSE(find("ada"));
  ASSERT_EQ(create("bob"), 0);
  EXPECT_EQ(run({Action::remove, "bob", "", true}), 0);
  EXPECT_FALSE(find("bob"));
}

TEST_F(UserCommandTest, unknown_user_is_named) {
  EXPECT_EQ(run({Action::lock, "nobody"}), 1);
  EXPECT_NE(output_.find("nobody"), std::string::npos);
}

}  // namespace
}  // namespace tms::hosts
