// Every check of `tms doctor` is seen to find what it looks for.
#include "backend/hosts/server/doctor/doctor.h"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "backend/db/sqlite/sqlite_database.h"
#include "backend/hosts/server/process.h"
#include "backend/tests/support/certificate.h"
#include "backend/tests/support/manual_clock.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/server_settings.h"
#include "backend/tests/support/smtp_server.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

namespace fs = std::filesystem;
using State = Finding::State;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr db::Statement kFutureUser{"test_user_of_the_future", R"sql(
insert into users (username, username_folded, email, email_folded, password_hash, inbox_list_id,
  created_at, updated_at)
values ('f', 'f', 'f', 'f', '', $1, 1, $2))sql"};
constexpr db::Statement kNewerSchema{"test_newer_schema",
                                     "insert into schema_migrations (version, name)"
                                     " values (99, 'of the future')"};

class Doctor : public testing::Test {
 protected:
  /// What a server leaves behind.
  void start_once() { ASSERT_TRUE(ServerProcess::open(settings_)); }

  std::vector<std::string> found(State state, const DoctorOptions& options = {}) {
    std::vector<std::string> lines;
    for (const Finding& finding : examine(settings_, clock_, options)) {
      if (finding.state == state) lines.push_back(finding.what + ": " + finding.text);
    }
    return lines;
  }

  std::vector<std::string> bad(const DoctorOptions& options = {}) {
    return found(State::bad, options);
  }

  void change_database(const db::Statement& statement, std::initializer_list<std::int64_t> time) {
    db::SqliteDatabase database({.file = settings_.sqlite_file()});
    database.write(
        [&](db::Transaction& transaction) {
          if (time.size() == 0) {
            transaction.execute(statement);
          } else {
            transaction.execute(statement, core::Uuid{}, *time.begin());
          }
        },
        std::chrono::steady_clock::now() + std::chrono::seconds(10));
  }

  tests::TemporaryFolder folder_;
  Settings settings_ = tests::server_settings(folder_.path());
  tests::ManualClock clock_;
};

TEST_F(Doctor, finds_nothing_wrong_before_the_first_start_and_changes_nothing) {
  EXPECT_THAT(bad(), IsEmpty());
  EXPECT_THAT(found(State::warning), testing::Contains(HasSubstr("the first start makes it")));
  EXPECT_FALSE(fs::exists(settings_.data_dir));
}

TEST_F(Doctor, finds_nothing_wrong_beside_a_running_server) {
  const auto server = ServerProcess::open(settings_);
  ASSERT_TRUE(server);
  EXPECT_THAT(bad({.deep = true}), IsEmpty());
  EXPECT_THAT(found(State::good),
              testing::IsSupersetOf({"schema: version 1", "secret: 1 key, of this database"}));
}

TEST_F(Doctor, tells_no_secret) {
  start_once();
  std::ifstream file(settings_.secret_file);
  std::string key;
  std::getline(file, key);
  std::getline(file, key, ':');
  std::getline(file, key);
  ASSERT_GT(key.size(), 30U);
  settings_.mail_url = "smtp://user:tell-nobody@127.0.0.1:1?starttls=off";
  for (const Finding& finding : examine(settings_, clock_, {})) {
    EXPECT_EQ(finding.text.find(key), std::string::npos);
    EXPECT_EQ(finding.text.find("tell-nobody"), std::string::npos);
  }
}

TEST_F(Doctor, finds_a_data_folder_that_is_none_or_open_to_others) {
  settings_.data_dir = folder_.path() / "index.html";
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("is no folder")));
  settings_.data_dir = folder_.path() / "open";
  fs::create_directory(settings_.data_dir);
  fs::permissions(settings_.data_dir, fs::perms::all);
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("other users may write into")));
}

TEST_F(Doctor, finds_a_full_disk) {
  start_once();
  EXPECT_THAT(bad({.least_free_bytes = std::numeric_limits<std::uint64_t>::max()}),
              testing::Contains(HasSubstr("writes are about to fail")));
}

TEST_F(Doctor, finds_a_page_folder_without_a_page) {
  settings_.page_dir = folder_.path() / "nowhere";
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("page: ")));
}

TEST_F(Doctor, finds_a_damaged_database) {
  start_once();
  {
    std::fstream file(settings_.sqlite_file(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096 + 2);
    file << std::string(3000, '\x5a');
  }
  EXPECT_THAT(bad(), testing::Contains(testing::StartsWith("database: ")));
}

TEST_F(Doctor, finds_a_file_that_is_no_database) {
  fs::create_directory(settings_.data_dir);
  std::ofstream(settings_.sqlite_file()) << std::string(5000, 'x');
  EXPECT_THAT(bad(), testing::Contains(testing::StartsWith("database: ")));
}

TEST_F(Doctor, finds_a_database_of_a_newer_program) {
  start_once();
  change_database(kNewerSchema, {});
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("start the newer program")));
}

TEST_F(Doctor, tells_of_an_older_schema) {
  fs::create_directory(settings_.data_dir);
  { const db::SqliteDatabase empty({.file = settings_.sqlite_file()}); }
  EXPECT_THAT(found(State::warning), testing::Contains(HasSubstr("schema: version 0; the next")));
}

TEST_F(Doctor, finds_a_secret_that_others_may_read) {
  start_once();
  fs::permissions(settings_.secret_file, fs::perms::group_read, fs::perm_options::add);
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("secret: other users may read")));
}

TEST_F(Doctor, finds_a_secret_that_is_missing_or_another) {
  start_once();
  fs::remove(settings_.secret_file);
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("is missing")));
  std::ofstream(settings_.secret_file) << "other:0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b\n";
  fs::permissions(settings_.secret_file, fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("does not belong to this database")));
}

TEST_F(Doctor, finds_a_clock_that_cannot_be_right) {
  clock_.set(core::from_micros(0));
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("the clock of this machine cannot be right")));
}

TEST_F(Doctor, finds_a_clock_that_went_back) {
  start_once();
  change_database(kFutureUser, {core::to_micros(clock_.now() + std::chrono::hours(2))});
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("clock: it went back")));
}

TEST_F(Doctor, finds_a_mail_server_that_is_away_and_sends_nothing_to_one_that_is_there) {
  settings_.mail_url = "smtp://127.0.0.1:1?starttls=off";
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("mail: 127.0.0.1:1: ")));
  const tests::SmtpServer server;
  settings_.mail_url = "smtp://127.0.0.1:" + std::to_string(server.port()) + "?starttls=off";
  EXPECT_THAT(bad(), IsEmpty());
  EXPECT_THAT(server.mails(), IsEmpty());
}

TEST_F(Doctor, finds_a_mail_server_that_refuses_the_login_or_cannot_be_trusted) {
  const tests::SmtpServer server(tests::SmtpServer::Tls::starttls, "tms:right");
  const std::string place = "@localhost:" + std::to_string(server.port());
  settings_.mail_url = "smtp://tms:right" + place + "?ca=" + server.ca_file();
  EXPECT_THAT(bad(), IsEmpty());
  settings_.mail_url = "smtp://tms:wrong" + place + "?ca=" + server.ca_file();
  EXPECT_THAT(bad(), testing::Contains(testing::StartsWith("mail: ")));
  settings_.mail_url = "smtp://tms:right" + place;
  EXPECT_THAT(bad(), testing::Contains(testing::StartsWith("mail: ")));
}

TEST_F(Doctor, finds_a_mail_folder_that_is_no_folder) {
  settings_.mail_url = "nonsense";
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("mail: TMS_MAIL_URL")));
}

TEST_F(Doctor, finds_a_certificate_that_has_ended_is_about_to_or_is_not_that_of_the_key) {
  const auto certificate = tests::make_certificate(folder_.path(), "server", "DNS:localhost");
  settings_.tls_certificate = certificate.certificate;
  settings_.tls_key = certificate.key;
  clock_.set(core::SystemClock().now());
  EXPECT_THAT(bad(), IsEmpty());
  EXPECT_THAT(found(State::warning), testing::Contains(HasSubstr("certificate: ends at ")));
  clock_.advance(std::chrono::hours(3 * 24));
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("certificate: has ended")));
  settings_.tls_key = tests::make_certificate(folder_.path(), "other", "DNS:localhost").key;
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("no key for this certificate")));
}

TEST_F(Doctor, finds_a_key_of_the_certificate_that_others_may_read) {
  const auto certificate = tests::make_certificate(folder_.path(), "server", "DNS:localhost");
  settings_.tls_certificate = certificate.certificate;
  settings_.tls_key = certificate.key;
  fs::permissions(certificate.key, fs::perms::others_read, fs::perm_options::add);
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("certificate: other users may read")));
}

TEST_F(Doctor, finds_a_postgres_that_is_away) {
  settings_.database_url = "postgresql://tms@127.0.0.1:1/tms";
  settings_.secret = "k:0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b";
  settings_.secret_is_explicit = true;
  EXPECT_THAT(bad(), testing::Contains(testing::StartsWith("database: ")));
}

TEST_F(Doctor, compares_the_clock_with_that_of_postgres) {
  if (!tests::postgres_server_url()) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
  settings_.database_url = tests::empty_postgres_database();
  settings_.secret = "k:0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b";
  settings_.secret_is_explicit = true;
  clock_.set(core::SystemClock().now());
  EXPECT_THAT(bad(), IsEmpty());
  clock_.advance(std::chrono::seconds(-60));
  EXPECT_THAT(bad(), testing::Contains(HasSubstr("this machine and the database differ by")));
}

}  // namespace
}  // namespace tms::hosts
