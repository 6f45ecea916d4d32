#include "backend/tests/support/sample_rows.h"

#include <array>
#include <chrono>
#include <string>

namespace tms::tests {
namespace {

using db::Statement;

constexpr Statement kUser{"test_sample_user",
                          R"sql(
insert into users (user_id, username, username_folded, email, email_folded, password_hash,
  inbox_list_id, locked_at, created_at, updated_at)
overriding system value
values ($1, $2, $2, $3, $3, '$2b$04$abc', $4, $5, 1, 2))sql",
                          R"sql(
insert into users (user_id, username, username_folded, email, email_folded, password_hash,
  inbox_list_id, locked_at, created_at, updated_at)
values ($1, $2, $2, $3, $3, '$2b$04$abc', $4, $5, 1, 2))sql"};
constexpr Statement kRaise{"test_sample_counter", "select setval('users_user_id_seq', 70)",
                           "update sqlite_sequence set seq = 70 where name = 'users'"};
constexpr Statement kList{"test_sample_list",
                          "insert into lists (list_id, name, seq, purged_seq, created_at)"
                          " values ($1, $2, 40, 3, 1)"};
constexpr Statement kMember{"test_sample_member",
                            "insert into list_members (user_id, list_id, role)"
                            " values ($1, $2, $3)"};
constexpr Statement kTask{"test_sample_task", R"sql(
insert into tasks (list_id, task_id, user_id, description, description_folded, due_date, status,
  created_at, updated_at, completed_at, deleted_at, version, seq)
values ($1, $2, $3, $4, $4, $5, $6, -5, 9007199254740993, $7, $8, 12, $9))sql"};
constexpr Statement kInstallation{"test_sample_installation",
                                  "insert into installation (name, value) values ($1, $2)"};
constexpr Statement kSession{"test_sample_session", R"sql(
insert into sessions (session_id, user_id, created_at, last_seen, expires_at, user_agent, address)
values ('s1', 1, 1, 1, 9000000000000000, 'agent', '192.0.2.1'))sql"};
constexpr Statement kFlow{"test_sample_flow", R"sql(
insert into code_flows (flow, purpose, subject, user_id, withheld, generation, failures,
  next_send_at, created_at, expires_at, used_at)
values ('f1', 'reset', 'ada@example.org', 1, 0, 1, 0, 1, 1, 9000000000000000, null))sql"};
constexpr Statement kPending{"test_sample_pending", R"sql(
insert into pending_signups (flow, username, username_folded, email, email_folded, password_hash,
  created_at)
values ('f2', 'eve', 'eve', 'eve@example.org', 'eve@example.org', '$2b$04$abc', 1))sql"};
constexpr Statement kMail{"test_sample_mail", R"sql(
insert into outbox (kind, flow, generation, recipient, username, state, attempts, next_attempt_at,
  expires_at, created_at)
values ('reset_code', 'f1', 1, 'ada@example.org', 'ada', 'queued', 0, 1, 9000000000000000, 1))sql"};
constexpr Statement kThrottle{"test_sample_throttle", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ('login', 3, 1, 1, 9000000000000000))sql"};

core::Uuid id(std::uint8_t last, std::uint8_t before = 0) {
  core::Uuid uuid;
  uuid.bytes = {1, 2, 3, 4, 5, 6, 0x70, 8, 0x80, 10, 11, 12, 13, 14, before, last};
  return uuid;
}

}  // namespace

void add_sample_rows(db::Database& database) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  const core::Uuid inbox = id(1);
  const core::Uuid shared = id(2);
  const std::optional<std::int64_t> nothing;
  const std::optional<std::string> no_text;
  // Quotes, line feed, controls, the last code point of the plane, what JSON escapes, U+2028.
  const std::string hard =
      "\"\\/\b\f\n\r\t\x1b \xf0\x9f\x98\x80\xef\xbf\xbf\xe2\x80\xa8 $1 ' -- ]},";
  database.write(
      [&](db::Transaction& transaction) {
        transaction.execute(kInstallation, "secret_fingerprint:k1", "00ff");
        transaction.execute(kInstallation, "other", "");
        transaction.execute(kUser, 1, "ada", "ada@example.org", inbox, nothing);
        transaction.execute(kUser, 2, "bob", "bob@example.org", shared, std::int64_t{17});
        transaction.execute(kUser, 60, "zoe", "zoe@example.org", id(3), nothing);
        transaction.execute(kRaise);
        transaction.execute(kList, inbox, "Inbox");
        transaction.execute(kList, shared, hard);
        transaction.execute(kMember, 1, inbox, "owner");
        transaction.execute(kMember, 1, shared, "viewer");
        transaction.execute(kMember, 2, shared, "owner");
        transaction.execute(kTask, inbox, id(1), 1, hard, "0001-01-01", "pending", nothing, nothing,
                            4);
        transaction.execute(kTask, inbox, id(2), 1, "done", no_text, "completed", std::int64_t{8},
                            nothing, 5);
        transaction.execute(kTask, inbox, id(3), 1, "trash", "9999-12-31", "in_progress", nothing,
                            std::int64_t{9}, 6);
        transaction.execute(kTask, shared, id(4), nothing, "of nobody", no_text, "pending", nothing,
                            nothing, 7);
        for (const Statement* statement : {&kSession, &kFlow, &kPending, &kMail, &kThrottle})
          transaction.execute(*statement);
      },
      deadline);
}

void add_sample_tasks(db::Database& database, int count) {
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  const std::optional<std::int64_t> nothing;
  database.write(
      [&](db::Transaction& transaction) {
        for (int number = 0; number < count; ++number) {
          core::Uuid task = id(static_cast<std::uint8_t>(number % 256),
                               static_cast<std::uint8_t>(number / 256 % 256));
          task.bytes[13] = static_cast<std::uint8_t>(100 + number / 65536);
          transaction.queue(kTask, id(1), task, 1, "task " + std::to_string(number), "2026-01-02",
                            "pending", nothing, nothing, 10 + number);
          if (number % 500 == 499) transaction.flush();
        }
      },
      deadline);
}

}  // namespace tms::tests
