#include <fstream>
#include <iterator>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

constexpr db::Statement kFile{"test_database_file", "select '' as file",
                              "select file from pragma_database_list where name = 'main'"};
constexpr db::Statement kEverything{"test_every_table",
                                    "select schema_to_xml(current_schema(), true, false, '')::text",
                                    "select ''"};

/// Every byte that the database keeps: the files of SQLite, its log among them; all tables of
/// PostgreSQL as text.
class SecretsAtRest : public AccountsTest {
 protected:
  std::string everything() {
    std::string all;
    std::string file;
    database().read(
        [&](db::Transaction& transaction) {
          transaction.query(kFile, [&](const db::Row& row) { file = row.text(0); });
          transaction.query(kEverything, [&](const db::Row& row) { all = row.text(0); });
        },
        soon());
    if (GetParam() == db::Engine::sqlite) {
      for (const char* suffix : {"", "-wal"}) {
        std::ifstream input(file + suffix, std::ios::binary);
        all.append(std::istreambuf_iterator<char>(input), std::istreambuf_iterator<char>());
      }
    }
    return all;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines,
                         SecretsAtRest,
                         testing::ValuesIn(engines_under_test()),
                         engine_name);

TEST_P(SecretsAtRest, the_search_finds_what_is_there) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  const auto session_id = verifier().verify(browser.token, clock.now())->session_id;
  EXPECT_NE(everything().find("ada@example.org"), std::string::npos);
  EXPECT_NE(everything().find(session_id), std::string::npos);
}

TEST_P(SecretsAtRest, no_code_password_or_token_is_in_any_table) {
  settings.mail_source_hour.count = 1000;
  settings.code_check_source_minute.count = 1000;
  std::vector<std::string> secrets{kPassword, "another long phrase"};
  for (int i = 0; i < 40; ++i) {
    const std::string name = "user" + std::to_string(i);
    Browser browser;
    const auto flow = begin_signup(name, name + "@example.org");
    secrets.push_back(code_of(flow));
    call("verify_otp", body({{"flow", flow}, {"otp", wrong_code_of(flow)}}), browser);
    call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}}), browser);
    secrets.push_back(browser.token);
    const auto reset = begin_reset(name + "@example.org", "198.51.100.1");
    secrets.push_back(code_of(reset));
    if (i % 2 == 0) {
      call("reset_password", body({{"flow", reset},
                                   {"otp", code_of(reset)},
                                   {"new_password", "another long phrase"}}));
    }
  }
  call("login", body({{"username", "user0"}, {"password", "a wrong pass phrase"}}));
  secrets.push_back("a wrong pass phrase");
  const std::string all = everything();
  ASSERT_GT(all.size(), 10'000U);
  for (const std::string& secret : secrets) {
    ASSERT_GE(secret.size(), 8U);
    EXPECT_EQ(all.find(secret), std::string::npos) << secret;
  }
}

}  // namespace
}  // namespace tms::tests
