#include "backend/hosts/server/cli/backup_command.h"

#include <gmock/gmock.h>

#include <fstream>
#include <sstream>

#include "backend/db/backup/backup_file.h"
#include "backend/db/sqlite/restore_file.h"
#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/cli/user_command.h"
#include "backend/hosts/server/secret_of_database.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/recorded_log.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using testing::HasSubstr;
namespace fs = std::filesystem;

class BackupCommandTest : public testing::Test {
 protected:
  BackupCommandTest() {
    settings_.data_dir = folder_.path() / "data";
    settings_.secret_file = settings_.data_dir / "secret";
    settings_.bcrypt_cost = 4;
    add_user("ada");
  }

  void add_user(const std::string& name) {
    std::istringstream in("a long enough password\n");
    std::ostringstream out;
    Console console{in, out, out};
    ASSERT_EQ(run_user_command({UserCommand::Action::create, name, name + "@example.org"},
                               settings_, clock_, random_, console, {log_, "grace"}),
              0)
        << out.str();
  }

  int backup() {
    output_ = {};
    return run_backup_command(file_, settings_, clock_, output_, output_);
  }

  int restore(RestoreCommand command = {}) {
    output_ = {};
    command.file = file_;
    return run_restore_command(command, settings_, clock_, random_, output_, output_);
  }

  std::string users() {
    std::istringstream in;
    std::ostringstream out;
    Console console{in, out, out};
    run_user_command({UserCommand::Action::list}, settings_, clock_, random_, console,
                     {log_, "grace"});
    return out.str();
  }

  tests::TemporaryFolder folder_;
  tests::RecordedLog log_;
  fs::path file_ = folder_.path() / "backup";
  tests::ManualClock clock_;
  tests::FixedRandom random_;
  Settings settings_;
  std::ostringstream output_;
};

TEST_F(BackupCommandTest, says_loudly_that_the_secret_is_not_in_the_file) {
  ASSERT_EQ(backup(), 0);
  EXPECT_THAT(output_.str(), HasSubstr("THE SECRET IS NOT IN IT"));
  EXPECT_THAT(output_.str(), HasSubstr(settings_.secret_file.string()));
  EXPECT_THAT(output_.str(), HasSubstr("1 users, 1 lists and 0 tasks"));
}

TEST_F(BackupCommandTest, drill_on_a_new_machine_brings_the_accounts_back) {
  ASSERT_EQ(backup(), 0);
  const fs::path kept = folder_.path() / "kept-secret";
  fs::rename(settings_.secret_file, kept);
  fs::remove_all(settings_.data_dir);
  fs::create_directory(settings_.data_dir);
  fs::rename(kept, settings_.secret_file);
  ASSERT_EQ(restore(), 0) << output_.str();
  EXPECT_THAT(output_.str(), HasSubstr("Everybody has to log in anew"));
  EXPECT_THAT(users(), HasSubstr("ada@example.org"));
  const auto database = open_database(settings_);
  EXPECT_TRUE(secret_of_database(settings_, *database, random_));
}

TEST_F(BackupCommandTest, check_changes_nothing_and_tells_what_is_in_it) {
  ASSERT_EQ(backup(), 0);
  add_user("bob");
  EXPECT_EQ(restore({.file = {}, .check = true}), 0);
  EXPECT_THAT(output_.str(), HasSubstr("The backup is whole: 1 users"));
  EXPECT_THAT(users(), HasSubstr("bob"));
}

TEST_F(BackupCommandTest, restore_over_accounts_wants_replace) {
  ASSERT_EQ(backup(), 0);
  add_user("bob");
  EXPECT_THROW(restore(), db::DatabaseIsThere);
  EXPECT_THAT(users(), HasSubstr("bob"));
  EXPECT_EQ(restore({.file = {}, .replace = true}), 0);
  EXPECT_THAT(users(), testing::Not(HasSubstr("bob")));
}

TEST_F(BackupCommandTest, restore_with_another_secret_or_none_is_refused_before_anything_changes) {
  ASSERT_EQ(backup(), 0);
  fs::remove(settings_.secret_file);
  EXPECT_EQ(restore({.file = {}, .replace = true}), 1);
  EXPECT_THAT(output_.str(), HasSubstr("is missing"));
  std::ofstream(settings_.secret_file) << auth::Secret::make_text(random_);
  EXPECT_EQ(restore({.file = {}, .replace = true}), 1);
  EXPECT_THAT(output_.str(), HasSubstr("the secret does not belong to this database"));
  EXPECT_FALSE(fs::exists(settings_.data_dir / "tms.db.restoring"));
}

TEST_F(BackupCommandTest, restore_without_the_lost_secret_keeps_the_accounts) {
  ASSERT_EQ(backup(), 0);
  fs::remove_all(settings_.data_dir);
  ASSERT_EQ(restore({.file = {}, .new_secret = true}), 0) << output_.str();
  const auto database = open_database(settings_);
  EXPECT_TRUE(secret_of_database(settings_, *database, random_)) << "the next start makes one";
}

TEST_F(BackupCommandTest, damaged_backup_is_refused_before_anything_changes) {
  ASSERT_EQ(backup(), 0);
  std::ofstream(file_, std::ios::app) << "x";
  EXPECT_THROW(restore({.file = {}, .replace = true}), db::BadBackup);
  EXPECT_THAT(users(), HasSubstr("ada"));
}

TEST_F(BackupCommandTest, database_of_an_older_schema_is_not_copied) {
  fs::remove(settings_.sqlite_file());
  { const db::SqliteDatabase empty({.file = settings_.sqlite_file()}); }
  EXPECT_EQ(backup(), 1);
  EXPECT_THAT(output_.str(), HasSubstr("schema version 0"));
  EXPECT_FALSE(fs::exists(file_));
}

}  // namespace
}  // namespace tms::hosts
