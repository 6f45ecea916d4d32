#include "backend/db/postgres/connection_settings.h"

#include <gmock/gmock.h>

#include <chrono>
#include <stdexcept>

#include "backend/db/database.h"

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;

ConnectionSettings::Keywords resolved(const std::string& url) {
  return ConnectionSettings(url, {}).resolve(std::chrono::steady_clock::now() + 10s);
}

TEST(ConnectionSettings, must_name_the_user) {
  EXPECT_THROW(ConnectionSettings("postgresql://127.0.0.1/tms", {}), std::invalid_argument);
}

TEST(ConnectionSettings, of_a_bad_url_are_refused_without_quoting_its_password) {
  try {
    const ConnectionSettings settings("postgresql://tms:secret@[::1/tms", {});
    FAIL() << "was accepted";
  } catch (const std::invalid_argument& refusal) {
    EXPECT_THAT(refusal.what(), testing::Not(HasSubstr("secret")));
  }
}

TEST(ConnectionSettings, check_the_certificate_of_a_server_on_another_machine) {
  const auto keywords = resolved("postgresql://tms@192.0.2.7/tms");
  EXPECT_EQ(keywords.at("sslmode"), "verify-full");
  EXPECT_EQ(keywords.at("sslrootcert"), "/etc/ssl/certs/ca-certificates.crt");
}

TEST(ConnectionSettings, leave_the_certificate_to_the_url) {
  EXPECT_EQ(resolved("postgresql://tms@192.0.2.7/tms?sslmode=disable").at("sslmode"), "disable");
  EXPECT_EQ(resolved("postgresql://tms@192.0.2.7/tms?sslrootcert=/x.pem").at("sslrootcert"),
            "/x.pem");
}

TEST(ConnectionSettings, need_no_certificate_on_this_machine) {
  EXPECT_EQ(resolved("postgresql://tms@127.0.0.1/tms").at("sslmode"), "prefer");
  EXPECT_EQ(resolved("postgresql://tms@localhost/tms").at("sslmode"), "prefer");
  EXPECT_EQ(resolved("postgresql:///tms?user=tms&host=/run/postgresql").at("sslmode"), "prefer");
}

TEST(ConnectionSettings, check_the_certificate_when_one_of_several_servers_is_elsewhere) {
  EXPECT_EQ(resolved("postgresql://tms@127.0.0.1,192.0.2.7/tms").at("sslmode"), "verify-full");
}

TEST(ConnectionSettings, resolve_a_name_and_keep_it_for_the_certificate) {
  const auto keywords = resolved("postgresql://tms@localhost:6000/tms");
  EXPECT_THAT(keywords.at("host"), HasSubstr("localhost"));
  EXPECT_THAT(keywords.at("hostaddr"), testing::AnyOf(HasSubstr("127.0.0.1"), HasSubstr("::1")));
  EXPECT_THAT(keywords.at("port"), HasSubstr("6000"));
}

TEST(ConnectionSettings, give_every_server_its_port) {
  const auto keywords = resolved("postgresql://tms@192.0.2.1:6001,192.0.2.2:6002/tms");
  EXPECT_EQ(keywords.at("hostaddr"), "192.0.2.1,192.0.2.2");
  EXPECT_EQ(keywords.at("port"), "6001,6002");
}

TEST(ConnectionSettings, report_a_name_that_nobody_knows_as_unavailable) {
  EXPECT_THROW(resolved("postgresql://tms@no-such-host.invalid/tms"), Unavailable);
}

TEST(ConnectionSettings, ask_for_the_password_every_time) {
  int asked = 0;
  const ConnectionSettings settings("postgresql://tms:old@127.0.0.1/tms", {},
                                    [&] { return "token " + std::to_string(++asked); });
  const auto deadline = std::chrono::steady_clock::now() + 10s;
  EXPECT_EQ(settings.resolve(deadline).at("password"), "token 1");
  EXPECT_EQ(settings.resolve(deadline).at("password"), "token 2");
}

TEST(ConnectionSettings, hand_the_limits_to_the_server) {
  const ConnectionSettings settings("postgresql://tms@127.0.0.1/tms",
                                    {.statement = 1s, .lock = 2s, .idle_in_transaction = 3s});
  const auto keywords = settings.resolve(std::chrono::steady_clock::now() + 10s);
  EXPECT_THAT(keywords.at("options"), HasSubstr("-c statement_timeout=1000"));
  EXPECT_THAT(keywords.at("options"), HasSubstr("-c lock_timeout=2000"));
  EXPECT_THAT(keywords.at("options"), HasSubstr("-c idle_in_transaction_session_timeout=3000"));
}

}  // namespace
}  // namespace tms::db::postgres
