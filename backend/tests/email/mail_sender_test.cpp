#include "backend/email/mail_sender.h"

#include <gtest/gtest.h>

#include <deque>

#include "backend/tests/support/databases.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::email {
namespace {

using Outcome = SendResult::Outcome;

constexpr db::Statement kInsertFlow{"test_insert_flow", R"sql(
insert into code_flows (flow, purpose, subject, withheld, generation, failures, next_send_at, created_at, expires_at)
values ($1, 'signup', 'ada@example.org', 0, $2, 0, 0, 0, 0))sql"};

constexpr db::Statement kUseFlow{"test_use_flow",
                                 "update code_flows set used_at = 1 where flow = $1"};

constexpr db::Statement kCountState{"test_count_state",
                                    "select count(*) from outbox where state = $1"};

/// Answers from a script and keeps what it was given.
class ScriptedTransport final : public Transport {
 public:
  SendResult send(const Message& message) override {
    sent.push_back(message);
    if (answers.empty()) return {Outcome::sent, ""};
    SendResult answer = answers.front();
    answers.pop_front();
    return answer;
  }

  std::deque<SendResult> answers;
  std::vector<Message> sent;
};

class MailSenderTest : public tests::DatabaseTest {
 protected:
  void insert_flow(const std::string& flow, std::int64_t generation) {
    execute(kInsertFlow, flow, generation);
  }

  void enqueue(MailKind kind, const std::string& flow = "", std::int64_t generation = 1) {
    MailJob job{
        kind, flow, generation, "ada@example.org", "ada", clock_.now() + std::chrono::minutes(10)};
    database().write([&](db::Transaction& transaction) { outbox_.enqueue(transaction, job); },
                     tests::soon());
  }

  void drain() {
    while (sender_.send_next()) {
    }
  }

  tests::ManualClock clock_;
  int wakes_ = 0;
  Outbox outbox_{clock_, [this] { ++wakes_; }};
  ScriptedTransport transport_;
  std::string log_;
  MailSender sender_{{database(), clock_, outbox_, transport_,
                      [](const MailJob& job) { return "0000000" + std::to_string(job.generation); },
                      [this](const std::string& line) { log_ += line + "\n"; },
                      "http://localhost:8080", 10}};
};

INSTANTIATE_TEST_SUITE_P(Engines,
                         MailSenderTest,
                         testing::ValuesIn(tests::engines_under_test()),
                         tests::engine_name);

TEST_P(MailSenderTest, commit_of_a_queued_mail_rings_once_and_a_roll_back_does_not) {
  enqueue(MailKind::password_changed);
  EXPECT_EQ(wakes_, 1);
  database().write(
      [&](db::Transaction& transaction) {
        outbox_.enqueue(transaction,
                        {MailKind::password_changed, "", 0, "a@b.c", "", clock_.now()});
        transaction.roll_back();
      },
      tests::soon());
  EXPECT_EQ(wakes_, 1);
}

TEST_P(MailSenderTest, code_is_computed_when_the_mail_is_written) {
  insert_flow("flow-a", 3);
  enqueue(MailKind::signup_code, "flow-a", 3);
  drain();
  ASSERT_EQ(transport_.sent.size(), 1U);
  EXPECT_NE(transport_.sent[0].text.find("00000003"), std::string::npos);
  EXPECT_EQ(integer(kCountState, "sent"), 1);
  EXPECT_EQ(log_.find("00000003"), std::string::npos);
  EXPECT_EQ(log_.find("ada@example.org"), std::string::npos);
}

TEST_P(MailSenderTest, mails_leave_in_the_order_of_their_queueing) {
  insert_flow("flow-a", 1);
  enqueue(MailKind::signup_code, "flow-a");
  clock_.advance(std::chrono::seconds(1));
  enqueue(MailKind::already_registered);
  drain();
  ASSERT_EQ(transport_.sent.size(), 2U);
  EXPECT_EQ(transport_.sent[1].subject, "You already have an account");
}

TEST_P(MailSenderTest, older_generation_of_a_flow_is_not_sent) {
  insert_flow("flow-a", 2);
  enqueue(MailKind::signup_code, "flow-a", 1);
  enqueue(MailKind::signup_code, "flow-a", 2);
  drain();
  ASSERT_EQ(transport_.sent.size(), 1U);
  EXPECT_NE(transport_.sent[0].text.find("00000002"), std::string::npos);
  EXPECT_EQ(integer(kCountState, "expired"), 1);
}

TEST_P(MailSenderTest, code_of_a_used_flow_is_not_sent) {
  insert_flow("flow-a", 1);
  enqueue(MailKind::signup_code, "flow-a", 1);
  execute(kUseFlow, "flow-a");
  drain();
  EXPECT_TRUE(transport_.sent.empty());
}

TEST_P(MailSenderTest, mails_for_nobody_are_dropped) {
  enqueue(MailKind::nothing);
  drain();
  EXPECT_TRUE(transport_.sent.empty());
  EXPECT_EQ(integer(kCountState, "expired"), 1);
}

TEST_P(MailSenderTest, expired_mails_are_dropped) {
  enqueue(MailKind::password_changed);
  clock_.advance(std::chrono::minutes(10));
  drain();
  EXPECT_TRUE(transport_.sent.empty());
}

TEST_P(MailSenderTest, temporary_failure_is_tried_again_with_back_off_and_the_same_id) {
  enqueue(MailKind::password_changed);
  transport_.answers = {{Outcome::temporary, "451"}, {Outcome::temporary, "451"}};
  drain();
  EXPECT_EQ(transport_.sent.size(), 1U);
  clock_.advance(std::chrono::seconds(4));
  drain();
  EXPECT_EQ(transport_.sent.size(), 1U);
  clock_.advance(std::chrono::seconds(1));
  drain();
  EXPECT_EQ(transport_.sent.size(), 2U);
  clock_.advance(std::chrono::seconds(10));
  drain();
  ASSERT_EQ(transport_.sent.size(), 3U);
  EXPECT_EQ(transport_.sent[0].message_id, transport_.sent[2].message_id);
  EXPECT_EQ(integer(kCountState, "sent"), 1);
}

TEST_P(MailSenderTest, permanent_failure_is_not_tried_again) {
  enqueue(MailKind::password_changed);
  transport_.answers = {{Outcome::permanent, "550"}};
  drain();
  clock_.advance(std::chrono::minutes(9));
  drain();
  EXPECT_EQ(transport_.sent.size(), 1U);
  EXPECT_EQ(integer(kCountState, "failed"), 1);
}

TEST_P(MailSenderTest, mail_claimed_by_a_server_that_died_is_taken_up_after_the_claim) {
  enqueue(MailKind::password_changed);
  ASSERT_TRUE(outbox_.claim_due(database()));
  EXPECT_FALSE(outbox_.claim_due(database()));
  clock_.advance(Outbox::kClaim);
  EXPECT_TRUE(outbox_.claim_due(database()));
}

TEST_P(MailSenderTest, purge_forgets_ended_mails_and_keeps_queued_ones) {
  enqueue(MailKind::nothing);
  drain();
  enqueue(MailKind::password_changed);
  Outbox::purge(database(), clock_.now() + std::chrono::seconds(1));
  EXPECT_EQ(integer(kCountState, "expired"), 0);
  EXPECT_EQ(integer(kCountState, "queued"), 1);
}

TEST(BackOff, doubles_from_five_seconds_to_five_minutes) {
  EXPECT_EQ(MailSender::back_off(1), std::chrono::seconds(5));
  EXPECT_EQ(MailSender::back_off(3), std::chrono::seconds(20));
  EXPECT_EQ(MailSender::back_off(7), std::chrono::seconds(300));
  EXPECT_EQ(MailSender::back_off(1'000'000), std::chrono::seconds(300));
}

TEST(MaskAddress, keeps_one_letter_and_the_domain) {
  EXPECT_EQ(mask_address("ada@example.org"), "a***@example.org");
  EXPECT_EQ(mask_address("@x"), "***");
}

}  // namespace
}  // namespace tms::email
