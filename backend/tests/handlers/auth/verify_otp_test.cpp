#include <gmock/gmock.h>

#include <thread>

#include "backend/tests/support/accounts.h"

namespace tms::tests {
namespace {

class VerifyOtp : public AccountsTest {
 protected:
  http::Response verify(const std::string& flow, const std::string& code) {
    Browser browser;
    return call("verify_otp", body({{"flow", flow}, {"otp", code}}), browser);
  }

  /// The outcomes of that many calls at the same time.
  std::map<std::string, int> verify_in_parallel(int calls,
                                                const std::string& flow,
                                                const std::string& code) {
    const Browser browser;
    const auto request = make_request("verify_otp", body({{"flow", flow}, {"otp", code}}), browser);
    std::vector<std::string> outcomes(static_cast<std::size_t>(calls));
    std::vector<std::thread> threads;
    const std::size_t workers = 8;
    for (std::size_t worker = 0; worker < workers; ++worker) {
      threads.emplace_back([&, worker] {
        for (std::size_t i = worker; i < outcomes.size(); i += workers) {
          outcomes[i] = outcome(handle("verify_otp", request));
        }
      });
    }
    for (auto& thread : threads)
      thread.join();
    std::map<std::string, int> counts;
    for (const auto& each : outcomes)
      ++counts[each];
    return counts;
  }
};
INSTANTIATE_TEST_SUITE_P(Engines, VerifyOtp, testing::ValuesIn(engines_under_test()), engine_name);

TEST_P(VerifyOtp, the_right_code_makes_the_user_and_signs_in) {
  const auto flow = begin_signup("Ada", "Ada@example.org");
  Browser browser;
  const auto response = call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}}), browser);
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"user":{"user_id":1,"username":"Ada","email":"Ada@example.org",)"
                           R"("created_at":"2026-03-12T09:30:00.000000Z"}})");
  ASSERT_EQ(response.set_cookies.size(), 2U);  // the session's and the known device's
  EXPECT_EQ(outcome(call("me", {}, browser)), "200");
  EXPECT_EQ(count("pending_signups"), 0);
}

constexpr db::Statement kInboxOfOwner{"test_inbox_of_owner", R"sql(
select count(*)
from users u
join lists l on l.list_id = u.inbox_list_id
join list_members m on m.list_id = l.list_id and m.user_id = u.user_id
where l.name = 'Inbox'
  and m.role = 'owner')sql"};

TEST_P(VerifyOtp, the_new_user_owns_a_list_named_inbox) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  EXPECT_EQ(integer(kInboxOfOwner), 1);
}

TEST_P(VerifyOtp, takes_spaces_and_hyphens_out_of_the_code) {
  const auto flow = begin_signup("ada", "ada@example.org");
  const auto code = code_of(flow);
  EXPECT_EQ(outcome(verify(flow, " " + code.substr(0, 4) + "-" + code.substr(4) + " ")), "200");
}

TEST_P(VerifyOtp, what_is_not_eight_digits_is_not_counted) {
  const auto flow = begin_signup("ada", "ada@example.org");
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(outcome(verify(flow, "1234567")), "422 validation_failed");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(VerifyOtp, a_code_works_once) {
  const auto flow = begin_signup("ada", "ada@example.org");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "410 code_expired");
}

TEST_P(VerifyOtp, two_hundred_right_codes_at_once_succeed_once) {
  settings.code_check_source_minute.count = 1000;
  const auto flow = begin_signup("ada", "ada@example.org");
  auto counts = verify_in_parallel(200, flow, code_of(flow));
  EXPECT_EQ(counts["200"], 1);
  EXPECT_EQ(counts["200"] + counts["410 code_expired"] + counts["429 code_locked"], 200);
  EXPECT_EQ(count("users"), 1);
  EXPECT_EQ(count("sessions"), 1);
  EXPECT_EQ(count("lists"), 1);
}

TEST_P(VerifyOtp, after_two_hundred_wrong_codes_at_once_the_right_one_is_refused) {
  settings.code_check_source_minute.count = 1000;
  const auto flow = begin_signup("ada", "ada@example.org");
  auto counts = verify_in_parallel(200, flow, wrong_code_of(flow));
  EXPECT_EQ(counts["422 code_wrong"], 5);
  EXPECT_EQ(counts["429 code_locked"], 195);
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "429 code_locked");
  EXPECT_EQ(count("users"), 0);
}

TEST_P(VerifyOtp, counts_the_attempts_down_and_locks_after_five) {
  const auto flow = begin_signup("ada", "ada@example.org");
  for (const std::int64_t left : {4, 3, 2, 1, 0}) {
    const auto response = verify(flow, wrong_code_of(flow));
    EXPECT_EQ(outcome(response), "422 code_wrong");
    EXPECT_EQ(integer_in(response, "attempts_left"), left);
  }
  const auto sixth = verify(flow, code_of(flow));
  EXPECT_EQ(outcome(sixth), "429 code_locked");
  EXPECT_EQ(retry_after(sixth), 60);
}

TEST_P(VerifyOtp, the_fifth_try_may_still_be_right) {
  const auto flow = begin_signup("ada", "ada@example.org");
  for (int i = 0; i < 4; ++i)
    verify(flow, wrong_code_of(flow));
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(VerifyOtp, a_code_lives_ten_minutes_without_any_sweeper) {
  const auto in_time = begin_signup("ada", "ada@example.org");
  const auto late = begin_signup("bob", "bob@example.org");
  clock.advance(std::chrono::seconds(599));
  EXPECT_EQ(outcome(verify(in_time, code_of(in_time))), "200");
  clock.advance(std::chrono::seconds(2));
  EXPECT_EQ(outcome(verify(late, code_of(late))), "410 code_expired");
}

TEST_P(VerifyOtp, an_unknown_flow_is_410) {
  EXPECT_EQ(outcome(verify("AAAAAAAAAAAAAAAAAAAAAA", "12345678")), "410 code_expired");
}

TEST_P(VerifyOtp, a_flow_of_a_reset_is_410_even_with_its_code) {
  Browser ada;
  sign_up("ada", "ada@example.org", kPassword, ada);
  const auto flow = begin_reset("ada@example.org");
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "410 code_expired");
}

TEST_P(VerifyOtp, the_code_of_another_flow_is_wrong) {
  const auto mine = begin_signup("ada", "ada@example.org");
  const auto other = begin_signup("bob", "bob@example.org");
  EXPECT_EQ(outcome(verify(mine, code_of(other))), "422 code_wrong");
}

TEST_P(VerifyOtp, foreign_flows_for_my_address_do_not_end_mine) {
  const auto mine = begin_signup("ada", "ada@example.org");
  for (const std::string address : {"198.51.100.1", "198.51.100.2", "198.51.100.3"}) {
    const auto foreign = begin_signup("ada", "ada@example.org", "the attacker's own", address);
    for (int i = 0; i < 6; ++i)
      verify(foreign, wrong_code_of(foreign));
  }
  EXPECT_EQ(outcome(verify(mine, code_of(mine))), "200");
}

TEST_P(VerifyOtp, a_name_lost_meanwhile_leaves_the_code_good_for_another_name) {
  const auto flow = begin_signup("ada", "ada@example.org");
  Browser winner;
  sign_up("ADA", "first@example.org", kPassword, winner);
  // More often than a code has tries: none of them counts.
  for (int i = 0; i < 6; ++i) {
    EXPECT_EQ(outcome(verify(flow, code_of(flow))), "409 username_taken");
  }
  Browser browser;
  const auto response = call(
      "verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}, {"username", "ada2"}}), browser);
  EXPECT_EQ(outcome(response), "200");
  EXPECT_EQ(text_in(response, "user.username"), "ada2");
}

TEST_P(VerifyOtp, another_name_that_is_the_password_is_refused_and_leaves_the_code_good) {
  const auto typed = begin_signup("ada", "ada@example.org", "Wolf-in.the-Wood");
  const auto in_small_letters = begin_signup("ada", "ada2@example.org", "wolf-in.the-wood");
  Browser winner;
  sign_up("ada", "first@example.org", kPassword, winner);
  const auto ask = [&](const std::string& flow, const std::string& name) {
    return call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}, {"username", name}}));
  };
  for (const std::string& flow : {typed, in_small_letters}) {
    // More often than a code has tries: none of them counts.
    for (int i = 0; i < 6; ++i) {
      const auto refused = ask(flow, "Wolf-in.the-Wood");
      EXPECT_EQ(outcome(refused), "422 validation_failed");
      EXPECT_THAT(field_errors(refused), testing::ElementsAre("username same_as_account"));
    }
    EXPECT_EQ(outcome(ask(flow, flow == typed ? "wolf-in" : "wolf-out")), "200");
  }
}

TEST_P(VerifyOtp, that_may_hash_is_told_from_one_that_does_not) {
  const auto may_hash = [&](const std::string& body) {
    return handler("verify_otp").may_hash(make_request("verify_otp", body, {}));
  };
  EXPECT_FALSE(may_hash(R"({"flow":"AAAAAAAAAAAAAAAAAAAAAA","otp":"1234 5678"})"));
  EXPECT_TRUE(may_hash(R"({"flow":"AAAAAAAAAAAAAAAAAAAAAA","otp":"12345678","username":"ada"})"));
  EXPECT_TRUE(
      may_hash(R"({"flow":"AAAAAAAAAAAAAAAAAAAAAA","otp":"12345678","\u0075sername":"ada"})"));
}

TEST_P(VerifyOtp, names_tried_with_a_right_code_count_like_those_of_sign_ups) {
  settings.signup_source_hour.count = 5;
  settings.code_check_source_minute.count = 1000;
  Browser taken;
  taken.address = "198.51.100.1";
  sign_up("taken", "taken@example.org", kPassword, taken);
  const auto flow = begin_signup("ada", "ada@example.org");
  const auto ask = [&](const std::string& name) {
    return outcome(
        call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}, {"username", name}})));
  };
  for (int i = 0; i < 4; ++i)
    EXPECT_EQ(ask("taken"), "409 username_taken");
  for (int i = 0; i < 10; ++i)
    EXPECT_EQ(ask("taken"), "429 too_many_requests");
  EXPECT_EQ(ask("free"), "429 too_many_requests");
  // The code is as good as before, and the name of the sign-up needs no further try.
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "200");
}

TEST_P(VerifyOtp, with_a_wrong_code_tells_nothing_of_the_name_that_comes_along) {
  Browser taken;
  sign_up("taken", "taken@example.org", kPassword, taken);
  const auto answer = [&](const std::string& name) {
    const auto flow = begin_signup("ada", "for-" + name + "@example.org");
    return call("verify_otp",
                body({{"flow", flow}, {"otp", wrong_code_of(flow)}, {"username", name}}));
  };
  const auto of_taken = answer("taken");
  const auto of_free = answer("spare");
  EXPECT_EQ(outcome(of_taken), "422 code_wrong");
  EXPECT_EQ(of_taken.body, of_free.body);
  EXPECT_EQ(of_taken.headers, of_free.headers);
}

TEST_P(VerifyOtp, another_name_confirms_neither_a_foreign_flow_nor_a_withheld_one) {
  Browser victim;
  sign_up("victim", "victim@example.org", kPassword, victim);
  const auto flow = begin_signup("mallory", "victim@example.org", "the attacker's own");
  const auto code = codes().code(auth::CodePurpose::signup, flow, 1);
  EXPECT_EQ(
      outcome(call("verify_otp", body({{"flow", flow}, {"otp", code}, {"username", "victim"}}))),
      "422 code_wrong");
  EXPECT_EQ(count("users"), 1);
}

TEST_P(VerifyOtp, an_address_registered_meanwhile_is_409) {
  const auto flow = begin_signup("ada", "ada@example.org");
  Browser winner;
  winner.address = "198.51.100.1";
  sign_up("other", "ADA@example.org", kPassword, winner);
  EXPECT_EQ(outcome(verify(flow, code_of(flow))), "409 email_taken");
  EXPECT_EQ(count("users"), 1);
}

TEST_P(VerifyOtp, ends_the_session_that_this_browser_had) {
  Browser browser;
  sign_up("ada", "ada@example.org", kPassword, browser);
  Browser copy = browser;
  sign_up("bob", "bob@example.org", kPassword, browser);
  EXPECT_EQ(outcome(call("me", {}, copy)), "401 not_signed_in");
  EXPECT_EQ(text_in(call("me", {}, browser), "user.username"), "bob");
}

TEST_P(VerifyOtp, a_source_that_types_codes_without_end_is_429) {
  settings.code_check_source_minute.count = 3;
  for (int i = 0; i < 3; ++i)
    verify("AAAAAAAAAAAAAAAAAAAAAA", "12345678");
  EXPECT_EQ(outcome(verify("AAAAAAAAAAAAAAAAAAAAAA", "12345678")), "429 too_many_requests");
}

TEST_P(VerifyOtp, names_every_wrong_field) {
  const auto response =
      call("verify_otp", R"({"flow":"short","otp":"12","username":"x","verified":true})");
  EXPECT_EQ(outcome(response), "422 validation_failed");
  EXPECT_THAT(field_errors(response),
              testing::UnorderedElementsAre("verified unknown", "flow invalid", "otp invalid",
                                            "username too_short"));
}

}  // namespace
}  // namespace tms::tests
