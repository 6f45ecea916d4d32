#include "backend/auth/code_resend.h"

#include <algorithm>

#include "backend/auth/code_check.h"
#include "backend/auth/throttle.h"

namespace tms::auth {
namespace {

// $2 now, $3 the next time, $4 the oldest flow that still counts.
constexpr db::Statement kClaimResend{"claim_code_resend", R"sql(
update code_flows
set next_send_at = $3
where flow = $1
  and used_at is null
  and next_send_at <= $2
  and created_at > $4
returning purpose, subject, generation, user_id)sql"};

constexpr db::Statement kNextSend{"next_code_send", R"sql(
select next_send_at
from code_flows
where flow = $1
  and used_at is null
  and created_at > $2)sql"};

// One row in any case, the same work for known and unknown.
constexpr db::Statement kRecipient{"code_resend_recipient", R"sql(
select u.user_id,
  coalesce(u.email, p.email, f.subject),
  coalesce(u.username, p.username, '')
from code_flows f
left join users u on u.email_folded = f.subject and u.locked_at is null
left join pending_signups p on p.flow = f.flow
where f.flow = $1)sql"};

constexpr db::Statement kRenewCode{"renew_code", R"sql(
update code_flows
set generation = generation + 1,
    failures = 0,
    withheld = $2,
    expires_at = $3
where flow = $1)sql"};

}  // namespace

core::Result<FlowRecipient> claim_resend(db::Transaction& transaction,
                                         std::string_view flow,
                                         const ThrottleSettings& settings,
                                         core::Timestamp now) {
  const core::Timestamp oldest = now - settings.pending_signup_life;
  FlowRecipient recipient;
  recipient.flow = flow;
  std::optional<std::int64_t> reset_user;
  const auto read_flow = [&](const db::Row& row) {
    recipient.purpose =
        row.text(0) == to_string(CodePurpose::signup) ? CodePurpose::signup : CodePurpose::reset;
    recipient.subject = row.text(1);
    recipient.generation = row.integer(2);
    if (!row.is_null(3)) reset_user = row.integer(3);
  };
  const std::size_t claimed =
      transaction.query(kClaimResend, read_flow, flow, now, now + settings.resend_wait, oldest);
  if (claimed == 0) {
    core::Error error = code_expired();
    transaction.query(
        kNextSend,
        [&](const db::Row& row) {
          const auto wait = std::chrono::ceil<std::chrono::seconds>(row.timestamp(0) - now);
          error = too_many_requests(std::max(wait, std::chrono::seconds(1)));
        },
        flow, oldest);
    return error;
  }
  transaction.query(
      kRecipient,
      [&](const db::Row& row) {
        if (!row.is_null(0)) recipient.user_id = row.integer(0);
        recipient.email = row.text(1);
        recipient.username = row.text(2);
      },
      flow);
  // A reset stays with the account that it was begun for.
  if (recipient.purpose == CodePurpose::reset && recipient.user_id != reset_user) {
    recipient.user_id.reset();
  }
  return recipient;
}

void renew_code(db::Transaction& transaction,
                std::string_view flow,
                bool withheld,
                core::Timestamp expires_at) {
  transaction.queue(kRenewCode, flow, withheld ? 1 : 0, expires_at);
}

}  // namespace tms::auth
