#include <gmock/gmock.h>

#include <thread>

#include "backend/handlers/auth/login.h"
#include "backend/tests/support/accounts.h"
#include "backend/tests/support/meanwhile.h"

namespace tms::tests {
namespace {

class Login : public AccountsTest {
 protected:
  void SetUp() override {
    Browser first;
    sign_up("Ada", "Ada@example.org", kPassword, first);
  }

  http::Response log_in_as(const std::string& name,
                           const std::string& password,
                           const std::string& address = "192.0.2.1") {
    Browser browser;
    browser.address = address;
    return call("login", body({{"username", name}, {"password", password}}), browser);
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, Login, testing::ValuesIn(engines_under_test()), engine_name);

constexpr db::Statement kLockUser{"test_lock_user", "update users set locked_at = 1"};

TEST_P(Login, by_user_name_or_address_in_any_case_of_letters) {
  for (const std::string name : {"Ada", "ADA", "ada@EXAMPLE.org"}) {
    const auto response = log_in_as(name, kPassword);
    EXPECT_EQ(outcome(response), "200") << name;
    EXPECT_EQ(text_in(response, "user.username"), "Ada");
  }
}

TEST_P(Login, sets_a_cookie_that_opens_a_session_of_its_own) {
  auto one = log_in("ada", kPassword);
  auto two = log_in("ada", kPassword);
  EXPECT_NE(one.token, two.token);
  EXPECT_EQ(outcome(call("me", {}, one)), "200");
  EXPECT_EQ(outcome(call("me", {}, two)), "200");
}

TEST_P(Login, the_token_is_in_no_body) {
  Browser browser;
  const auto response =
      call("login", body({{"username", "ada"}, {"password", kPassword}}), browser);
  EXPECT_EQ(response.body.find(browser.token), std::string::npos);
}

TEST_P(Login, ends_the_session_that_this_browser_had) {
  Browser browser = log_in("ada", kPassword);
  Browser copy = browser;
  call("login", body({{"username", "ada"}, {"password", kPassword}}), browser);
  EXPECT_EQ(outcome(call("me", {}, copy)), "401 not_signed_in");
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
}

TEST_P(Login, takes_no_session_id_from_outside) {
  Browser victim;
  victim.token = "fixated";
  call("login", body({{"username", "ada"}, {"password", kPassword}}), victim);
  EXPECT_NE(victim.token, "fixated");
  Browser attacker;
  attacker.token = "fixated";
  EXPECT_EQ(call("me", {}, attacker).status, 401);
}

TEST_P(Login, an_unknown_name_a_wrong_password_and_a_locked_account_get_the_same_bytes) {
  const auto wrong = log_in_as("ada", "not the password");
  const auto unknown = log_in_as("bob", kPassword);
  execute(kLockUser);
  const auto locked = log_in_as("ada", kPassword);
  EXPECT_EQ(outcome(wrong), "401 invalid_credentials");
  for (const auto& other : {unknown, locked}) {
    EXPECT_EQ(other.status, wrong.status);
    EXPECT_EQ(other.headers, wrong.headers);
    EXPECT_EQ(other.body, wrong.body);
    EXPECT_TRUE(other.set_cookies.empty());
  }
}

TEST_P(Login, an_unknown_name_writes_as_many_rows_as_a_wrong_password) {
  const auto before = count("throttles");
  log_in_as("ada", "not the password", "198.51.100.1");
  const auto between = count("throttles");
  log_in_as("nobody", "not the password", "198.51.100.2");
  EXPECT_EQ(between - before, count("throttles") - between);
}

TEST_P(Login, a_sign_up_that_is_not_confirmed_cannot_log_in) {
  begin_signup("bob", "bob@example.org");
  EXPECT_EQ(outcome(log_in_as("bob", kPassword)), "401 invalid_credentials");
}

TEST_P(Login, waits_after_five_failures_30_seconds_doubling_to_15_minutes) {
  settings.login_source_minute.count = 1000;
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(log_in_as("ada", "wrong password")), "401 invalid_credentials");
  }
  for (const std::int64_t wait : {30, 60, 120, 240, 480, 900, 900}) {
    const auto response = log_in_as("ada", kPassword);
    EXPECT_EQ(outcome(response), "429 too_many_requests");
    EXPECT_EQ(retry_after(response), wait);
    clock.advance(std::chrono::seconds(wait) - std::chrono::milliseconds(1));
    EXPECT_EQ(outcome(log_in_as("ada", kPassword)), "429 too_many_requests");
    clock.advance(std::chrono::milliseconds(1));
    EXPECT_EQ(outcome(log_in_as("ada", "wrong password")), "401 invalid_credentials");
  }
}

TEST_P(Login, waits_the_same_for_a_name_that_does_not_exist) {
  for (int i = 0; i < 5; ++i)
    log_in_as("nobody", "wrong password");
  EXPECT_EQ(retry_after(log_in_as("NOBODY", "wrong password")), 30);
}

TEST_P(Login, success_takes_the_failures_away) {
  for (int i = 0; i < 4; ++i)
    log_in_as("ada", "wrong password");
  EXPECT_EQ(outcome(log_in_as("ada", kPassword)), "200");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(log_in_as("ada", "wrong password")), "401 invalid_credentials");
  }
}

TEST_P(Login, failures_are_forgotten_after_a_day) {
  for (int i = 0; i < 5; ++i)
    log_in_as("ada", "wrong password");
  clock.advance(std::chrono::hours(24));
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(outcome(log_in_as("ada", "wrong password")), "401 invalid_credentials");
  }
}

TEST_P(Login, parallel_guesses_get_no_more_than_five_tries) {
  settings.login_source_minute.count = 1000;
  const auto request =
      make_request("login", body({{"username", "ada"}, {"password", "wrong password"}}), Browser{});
  std::vector<std::string> outcomes(64);
  std::vector<std::thread> threads;
  for (std::size_t worker = 0; worker < 8; ++worker) {
    threads.emplace_back([&, worker] {
      for (std::size_t i = worker; i < outcomes.size(); i += 8) {
        outcomes[i] = outcome(handle("login", request));
      }
    });
  }
  for (auto& thread : threads)
    thread.join();
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "401 invalid_credentials"), 5);
  EXPECT_EQ(std::count(outcomes.begin(), outcomes.end(), "429 too_many_requests"), 59);
}

TEST_P(Login, after_a_hundred_failures_by_both_names_the_right_password_is_refused_silently) {
  settings.login_free_failures = 1000;
  settings.login_source_minute.count = 1000;
  for (int i = 0; i < 100; ++i) {
    log_in_as(i % 2 == 0 ? "ada" : "ada@example.org", "wrong password");
  }
  const auto right = log_in_as("ada", kPassword);
  const auto wrong = log_in_as("ada", "wrong password");
  EXPECT_EQ(outcome(right), "401 invalid_credentials");
  EXPECT_EQ(right.body, wrong.body);
  EXPECT_EQ(right.headers, wrong.headers);
}

TEST_P(Login, a_reset_opens_an_account_with_too_many_failures) {
  settings.login_free_failures = 1000;
  settings.login_source_minute.count = 1000;
  for (int i = 0; i < 101; ++i)
    log_in_as("ada", "wrong password");
  const auto flow = begin_reset("ada@example.org");
  call("reset_password",
       body({{"flow", flow}, {"otp", code_of(flow)}, {"new_password", "another long phrase"}}));
  EXPECT_EQ(outcome(log_in_as("ada", "another long phrase")), "200");
}

TEST_P(Login, one_source_tries_twenty_names_a_minute) {
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(outcome(log_in_as("user" + std::to_string(i), "the same password")),
              "401 invalid_credentials");
  }
  const auto response = log_in_as("ada", kPassword);
  EXPECT_EQ(outcome(response), "429 too_many_requests");
  EXPECT_EQ(retry_after(response), 60);
  EXPECT_EQ(outcome(log_in_as("ada", kPassword, "198.51.100.1")), "200");
  clock.advance(std::chrono::minutes(1));
  EXPECT_EQ(outcome(log_in_as("ada", kPassword)), "200");
}

TEST_P(Login, refuses_a_twin_that_differs_in_the_79th_byte) {
  const std::string base(78, 'x');
  Browser bob;
  sign_up("bob", "bob@example.org", base + "1!", bob);
  EXPECT_EQ(outcome(log_in_as("bob", base + "2!")), "401 invalid_credentials");
  EXPECT_EQ(outcome(log_in_as("bob", base + "1!")), "200");
}

TEST_P(Login, takes_a_password_typed_decomposed) {
  Browser bob;
  sign_up("bob", "bob@example.org", "caf\u00e9 noir \u00fcber", bob);
  EXPECT_EQ(outcome(log_in_as("bob", "cafe\u0301 noir u\u0308ber")), "200");
}

constexpr db::Statement kHashOfAda{"test_hash_of_ada", R"sql(
select count(*)
from users
where password_hash like 'test:$2b$05$%')sql"};

TEST_P(Login, raises_an_old_hash_to_the_cost_of_today) {
  auth::PasswordHasher dearer(secret().keys(auth::KeyPurpose::password_pepper),
                              {.cost = 5, .at_once = 1}, random);
  auth::SessionCookie cookie(auth::SessionCookie::Mode::https);
  auth::SignIn sign_in({issuer(), verifier(), cookie, random, limits()});
  const handlers::Login login(database(), clock, dearer, sign_in, &devices(), settings);
  const auto request =
      make_request("login", body({{"username", "ada"}, {"password", kPassword}}), Browser{});
  EXPECT_EQ(integer(kHashOfAda), 0);
  EXPECT_EQ(outcome(login.handle(request)), "200");
  EXPECT_EQ(integer(kHashOfAda), 1);
  EXPECT_EQ(outcome(login.handle(request)), "200");
}

constexpr db::Statement kChangeMeanwhile{"test_change_while_login_hashes",
                                         "update users set password_hash = 'changed'"};
constexpr db::Statement kChanged{"test_changed_hashes", R"sql(
select count(*)
from users
where password_hash = 'changed')sql"};

TEST_P(Login, a_password_changed_while_the_old_one_is_hashed_anew_wins) {
  Meanwhile meanwhile([&] { execute(kChangeMeanwhile); });
  auth::PasswordHasher dearer(secret().keys(auth::KeyPurpose::password_pepper),
                              {.cost = 5, .at_once = 1}, meanwhile);
  auth::SessionCookie cookie(auth::SessionCookie::Mode::https);
  auth::SignIn sign_in({issuer(), verifier(), cookie, random, limits()});
  const handlers::Login login(database(), clock, dearer, sign_in, &devices(), settings);
  meanwhile.armed = true;
  const auto response = login.handle(
      make_request("login", body({{"username", "ada"}, {"password", kPassword}}), Browser{}));
  EXPECT_EQ(outcome(response), "401 invalid_credentials");
  EXPECT_TRUE(response.set_cookies.empty());
  EXPECT_EQ(integer(kChanged), 1);
}

TEST_P(Login, keeps_of_the_user_agent_what_both_databases_can_store) {
  Browser browser;
  browser.user_agent = "curl\xff\x01" + std::string(1000, 'x');
  call("login", body({{"username", "ada"}, {"password", kPassword}}), browser);
  const auto sessions = call("list_sessions", {}, browser);
  EXPECT_NE(sessions.body.find("\"curl??xxx"), std::string::npos);
  EXPECT_LT(sessions.body.size(), 1200U);
}

TEST_P(Login, names_every_wrong_field) {
  EXPECT_THAT(
      field_errors(call("login", R"({"username":"","password":5,"remember":true})")),
      testing::UnorderedElementsAre("remember unknown", "username required", "password type"));
  EXPECT_THAT(field_errors(call("login", R"({"username":"a\u0000b","password":"x"})")),
              testing::ElementsAre("username invalid"));
}

TEST_P(Login, a_password_above_1024_bytes_is_422_before_it_is_hashed) {
  EXPECT_THAT(field_errors(log_in_as("ada", std::string(1025, 'x'))),
              testing::ElementsAre("password too_long"));
  EXPECT_EQ(outcome(log_in_as("ada", std::string(1024, 'x'))), "401 invalid_credentials");
}

}  // namespace
}  // namespace tms::tests
