#include "backend/hosts/server/process.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/http/json_value.h"
#include "backend/tests/support/raw_client.h"
#include "backend/tests/support/server_settings.h"
#include "backend/tests/support/temporary_folder.h"

namespace tms::hosts {
namespace {

using testing::HasSubstr;
using tests::RawClient;

class ServerProcessTest : public testing::Test {
 protected:
  ServerProcessTest() { settings_.bcrypt_cost = 4; }

  // The error of a start that must not work.
  std::string failure() {
    const auto process = ServerProcess::open(settings_);
    return process ? "" : process.error().log.value;
  }

  static std::uint16_t port_of(const ServerProcess& process) {
    const std::string greeting = process.greeting();
    const std::string_view address = "http://127.0.0.1:";
    return static_cast<std::uint16_t>(
        std::stoi(greeting.substr(greeting.find(address) + address.size())));
  }

  static tests::RawResponse get(const ServerProcess& process, const std::string& path) {
    RawClient client(port_of(process));
    client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    return client.receive();
  }

  tests::TemporaryFolder folder_;
  Settings settings_ = tests::server_settings(folder_.path());
};

TEST_F(ServerProcessTest, first_start_makes_what_is_missing_and_serves_page_and_api) {
  const auto process = ServerProcess::open(settings_);
  ASSERT_TRUE(process);
  (*process)->start();
  EXPECT_EQ(get(**process, "/readyz").status, 200);
  EXPECT_EQ(get(**process, "/").body, "<!doctype html>");
  EXPECT_EQ(get(**process, "/api/me").status, 401);
  (*process)->stop();
  EXPECT_TRUE(std::filesystem::exists(settings_.sqlite_file()));
  EXPECT_TRUE(std::filesystem::exists(settings_.secret_file));
}

TEST_F(ServerProcessTest, newcomer_is_told_where_mails_are_on_console_and_page) {
  const auto process = ServerProcess::open(settings_);
  ASSERT_TRUE(process);
  (*process)->start();
  const std::string folder = (folder_.path() / "data/mail").string();
  EXPECT_THAT((*process)->greeting(), HasSubstr("Mails are written to " + folder + "\n"));
  const auto config = http::parse_json(get(**process, "/config.json").body);
  ASSERT_TRUE(config);
  EXPECT_EQ(*config->find("mail_folder")->as_string(), folder);
}

TEST_F(ServerProcessTest, folders_of_a_public_server_are_nobodys_business) {
  settings_.public_url = PublicUrl::parse("https://tasks.example").value();
  const auto process = ServerProcess::open(settings_);
  ASSERT_TRUE(process);
  (*process)->start();
  const auto config = http::parse_json(get(**process, "/config.json").body);
  ASSERT_TRUE(config);
  EXPECT_TRUE(config->find("mail_folder")->is_null());
}

TEST_F(ServerProcessTest, starts_again_on_what_the_last_start_left) {
  { ASSERT_TRUE(ServerProcess::open(settings_)); }
  EXPECT_EQ(failure(), "");
}

TEST_F(ServerProcessTest, data_folder_that_cannot_be_made_is_told) {
  settings_.data_dir = folder_.path() / "index.html" / "data";
  EXPECT_THAT(failure(),
              HasSubstr("The data folder " + settings_.data_dir.string() + " cannot be made"));
}

TEST_F(ServerProcessTest, page_folder_without_a_page_is_told) {
  settings_.page_dir = folder_.path() / "nowhere";
  EXPECT_THAT(failure(), HasSubstr("TMS_PAGE_DIR: "));
}

TEST_F(ServerProcessTest, taken_port_is_told) {
  const auto first = ServerProcess::open(settings_);
  ASSERT_TRUE(first);
  settings_.listen.port = port_of(**first);
  settings_.data_dir = folder_.path() / "other";
  EXPECT_THAT(failure(), HasSubstr("is taken"));
}

TEST_F(ServerProcessTest, data_folder_in_use_is_told) {
  const auto first = ServerProcess::open(settings_);
  ASSERT_TRUE(first);
  EXPECT_THAT(failure(), HasSubstr("in use"));
}

}  // namespace
}  // namespace tms::hosts
