// `tms serve` with a role of PostgreSQL that may read and write rows and no more.
#include "backend/db/postgres/role.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <regex>
#include <sstream>

#include "backend/db/postgres/postgres_database.h"
#include "backend/hosts/server/cli/backup_command.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/process.h"
#include "backend/tests/support/postgres_server.h"
#include "backend/tests/support/raw_client.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using testing::AllOf;
using testing::HasSubstr;

constexpr db::Statement kDropTable{"test_drop_table", "drop table outbox"};
constexpr db::Statement kAlterTable{"test_alter_table", "alter table users add more text"};
constexpr db::Statement kTruncateTable{"test_truncate_table", "truncate outbox"};
constexpr db::Statement kMakeTable{"test_make_table", "create table mine (number int)"};
constexpr db::Statement kForgetMigrations{"test_forget_migrations",
                                          "delete from schema_migrations"};
constexpr db::Statement kForgetLastMigration{"test_forget_last_migration", R"sql(
delete from schema_migrations
where version = (select max(version) from schema_migrations))sql"};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + std::chrono::seconds(20);
}

void run(const std::string& url, const db::Statement& statement) {
  db::PostgresDatabase database({.url = url, .connections = 1});
  database.write([&](db::Transaction& transaction) { transaction.execute(statement); }, soon());
}

/// A migrated database of the role of the tests, and another role for the server.
class PostgresRole : public testing::Test {
 protected:
  void SetUp() override {
    if (!tests::postgres_server_url()) GTEST_SKIP() << "TMS_TEST_POSTGRES_URL is not set";
    database_.emplace("role");
    tests::run_on_postgres_server("create role " + role_ + " login password 'app'");
    std::ofstream(folder_.path() / "index.html") << "<!doctype html>";
    settings_.listen = {"127.0.0.1", 0};
    settings_.data_dir = folder_.path() / "data";
    settings_.page_dir = folder_.path();
    settings_.mail_from = "no-reply@localhost";
    settings_.log_level = LogLevel::error;
    settings_.bcrypt_cost = 4;
    settings_.secret = "k:0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b";
    settings_.secret_is_explicit = true;
    settings_.database_url =
        std::regex_replace(database_->url(), std::regex("//[^@]*@"), "//" + role_ + ":app@");
    db::PostgresDatabase owner({.url = database_->url(), .connections = 1});
    owner.migrate();
    db::postgres::grant_rows(owner, role_, soon());
  }

  void TearDown() override {
    if (!database_) return;
    // With it go the rights of the role, without which it can go.
    database_.reset();
    tests::run_on_postgres_server("drop role " + role_);
  }

  /// What `tms doctor` says of the role.
  std::string finding() {
    for (const Finding& finding : examine(settings_, core::SystemClock{}, {})) {
      if (finding.what == "role")
        return (finding.state == Finding::State::good ? "good: " : "look: ") + finding.text;
    }
    return {};
  }

  std::string role_ = "tms_test_app_" + std::to_string(::getpid());
  tests::TemporaryFolder folder_;
  std::optional<tests::PostgresScratchDatabase> database_;
  Settings settings_;
};

/// A client of one server, signed in once it has a cookie.
class Client {
 public:
  explicit Client(const ServerProcess& process) : greeting_(process.greeting()) {}

  tests::RawResponse post(const std::string& path, const std::string& body) {
    tests::RawClient client(
        static_cast<std::uint16_t>(std::stoi(greeting_.substr(greeting_.find("0.0.1:") + 6))));
    client.send("POST " + path +
                " HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n" +
                (cookie_.empty() ? "" : "Cookie: " + cookie_ + "\r\n") +
                "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
    const auto response = client.receive();
    const std::string cookie = response.header("set-cookie");
    if (!cookie.empty()) cookie_ = cookie.substr(0, cookie.find(';'));
    return response;
  }

 private:
  std::string greeting_;
  std::string cookie_;
};

/// The code of the one mail that comes.
std::string code_in(const std::filesystem::path& folder) {
  const std::regex code("\\b[0-9]{8}\\b");
  for (const auto end = soon(); std::chrono::steady_clock::now() < end;) {
    if (!std::filesystem::exists(folder)) continue;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().extension() != ".eml") continue;
      std::ifstream file(entry.path());
      const std::string text{std::istreambuf_iterator<char>(file),
                             std::istreambuf_iterator<char>()};
      const std::string body = text.substr(std::min(text.find("\r\n\r\n"), text.size()));
      std::smatch match;
      if (std::regex_search(body, match, code)) return match[0];
    }
  }
  return {};
}

TEST_F(PostgresRole, that_reads_and_writes_rows_is_enough_to_serve) {
  const auto process = ServerProcess::open(settings_);
  ASSERT_TRUE(process) << process.error().log.value;
  (*process)->start();
  Client client(**process);
  const auto begun = client.post(
      "/api/signup",
      R"({"username":"ada","email":"ada@example.org","password":"correct horse battery"})");
  ASSERT_EQ(begun.status, 202) << begun.body;
  std::smatch flow;
  ASSERT_TRUE(std::regex_search(begun.body, flow, std::regex("\"flow\":\"([^\"]+)\"")));
  const std::string code = code_in(settings_.mail_folder());
  ASSERT_EQ(
      client
          .post("/api/verify-otp", R"({"flow":")" + flow[1].str() + R"(","otp":")" + code + R"("})")
          .status,
      200);
  EXPECT_EQ(client.post("/api/tasks", R"({"description":"Pay the rent"})").status, 201);
  EXPECT_EQ(client.post("/api/logout", "{}").status, 204);
}

TEST_F(PostgresRole, that_reads_and_writes_rows_is_enough_for_a_backup) {
  std::ostringstream output;
  EXPECT_EQ(
      run_backup_command(folder_.path() / "b.tms", settings_, core::SystemClock{}, output, output),
      kSuccess)
      << output.str();
}

TEST_F(PostgresRole, of_the_server_may_not_change_the_schema) {
  for (const auto* statement :
       {&kDropTable, &kAlterTable, &kTruncateTable, &kMakeTable, &kForgetMigrations}) {
    EXPECT_THROW(run(settings_.database_url, *statement), db::StatementFailed) << statement->name;
    EXPECT_NO_THROW(run(settings_.database_url, {"test_alive", "select 1"}));
  }
}

TEST_F(PostgresRole, that_may_not_migrate_is_told_who_can_when_the_schema_is_old) {
  run(database_->url(), kForgetLastMigration);
  const auto process = ServerProcess::open(settings_);
  ASSERT_FALSE(process);
  EXPECT_THAT(process.error().log.value,
              AllOf(HasSubstr("the role " + role_ + " may not change it: run tms migrate")));
}

TEST_F(PostgresRole, that_may_do_more_than_it_needs_is_found_by_the_doctor) {
  EXPECT_EQ(finding(), "good: " + role_ + " may read and write rows and no more");
  settings_.database_url = database_->url();
  EXPECT_THAT(finding(), AllOf(HasSubstr("look: "), HasSubstr("is a superuser"),
                               HasSubstr("owns tables"), HasSubstr("may make tables")));
}

TEST_F(PostgresRole, that_is_not_there_is_not_granted_anything) {
  db::PostgresDatabase owner({.url = database_->url(), .connections = 1});
  EXPECT_THROW(db::postgres::grant_rows(owner, "nobody\"; drop table outbox", soon()),
               db::StatementFailed);
}

}  // namespace
}  // namespace tms::hosts
