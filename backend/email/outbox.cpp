#include "backend/email/outbox.h"

#include <stdexcept>

namespace tms::email {
namespace {

constexpr db::Statement kEnqueueMail{"enqueue_mail", R"sql(
insert into outbox (kind, flow, generation, recipient, username, state, attempts, next_attempt_at, expires_at, created_at)
values ($1, $2, $3, $4, $5, 'queued', 0, $6, $7, $6))sql"};

constexpr db::Statement kClaimMail{"claim_mail", R"sql(
update outbox
set attempts = attempts + 1,
    next_attempt_at = $2
where outbox_id = (
    select outbox_id
    from outbox
    where state = 'queued'
      and next_attempt_at <= $1
    order by next_attempt_at, outbox_id
    limit 1)
  and state = 'queued'
  and next_attempt_at <= $1
returning outbox_id, kind, flow, generation, recipient, username, expires_at, attempts)sql"};

constexpr db::Statement kFlowOfMail{"flow_of_mail", R"sql(
select 1
from code_flows
where flow = $1
  and generation = $2
  and used_at is null)sql"};

constexpr db::Statement kEndMail{"end_mail", R"sql(
update outbox
set state = $2,
    last_error = $3
where outbox_id = $1)sql"};

constexpr db::Statement kRetryMail{"retry_mail", R"sql(
update outbox
set next_attempt_at = $2,
    last_error = $3
where outbox_id = $1
  and state = 'queued')sql"};

constexpr db::Statement kPurgeMails{"purge_mails", R"sql(
delete from outbox
where state <> 'queued'
  and created_at < $1)sql"};

constexpr std::chrono::seconds kStatementTime{10};

core::Deadline soon() {
  return std::chrono::steady_clock::now() + kStatementTime;
}

DueMail read_mail(const db::Row& row) {
  DueMail mail;
  mail.outbox_id = row.integer(0);
  const auto kind = parse_mail_kind(row.text(1));
  if (!kind) throw std::runtime_error("the outbox holds a mail of an unknown kind");
  mail.job.kind = *kind;
  if (!row.is_null(2)) mail.job.flow = row.text(2);
  mail.job.generation = row.integer(3);
  mail.job.recipient = row.text(4);
  mail.job.username = row.text(5);
  mail.job.expires_at = row.timestamp(6);
  mail.attempts = row.integer(7);
  return mail;
}

}  // namespace

void Outbox::enqueue(db::Transaction& transaction, const MailJob& job) {
  const std::optional<std::string> flow = job.flow.empty() ? std::nullopt : std::optional(job.flow);
  transaction.queue(kEnqueueMail, to_string(job.kind), flow, job.generation, job.recipient,
                    job.username, clock_.now(), job.expires_at);
  if (wake_) transaction.after_commit(wake_);
}

std::optional<DueMail> Outbox::claim_due(db::Database& database) const {
  std::optional<DueMail> due;
  const core::Timestamp now = clock_.now();
  database.write(
      [&](db::Transaction& transaction) {
        due.reset();
        transaction.query(
            kClaimMail, [&](const db::Row& row) { due = read_mail(row); }, now, now + kClaim);
        if (!due || due->job.flow.empty()) return;
        due->outdated = transaction.execute(kFlowOfMail, due->job.flow, due->job.generation) == 0;
      },
      soon());
  return due;
}

void Outbox::mark_sent(db::Database& database, std::int64_t outbox_id) const {
  end(database, outbox_id, "sent", "");
}

void Outbox::mark_expired(db::Database& database, std::int64_t outbox_id) const {
  end(database, outbox_id, "expired", "");
}

void Outbox::mark_failed(db::Database& database,
                         std::int64_t outbox_id,
                         const std::string& reason) const {
  end(database, outbox_id, "failed", reason);
}

void Outbox::retry_at(db::Database& database,
                      std::int64_t outbox_id,
                      core::Timestamp when,
                      const std::string& reason) const {
  database.write(
      [&](db::Transaction& transaction) {
        transaction.execute(kRetryMail, outbox_id, when, reason);
      },
      soon());
}

void Outbox::purge(db::Database& database, core::Timestamp before) {
  database.write([&](db::Transaction& transaction) { transaction.execute(kPurgeMails, before); },
                 soon());
}

void Outbox::end(db::Database& database,
                 std::int64_t outbox_id,
                 const char* state,
                 const std::string& reason) const {
  database.write(
      [&](db::Transaction& transaction) {
        transaction.execute(kEndMail, outbox_id, state, reason);
      },
      soon());
}

}  // namespace tms::email
