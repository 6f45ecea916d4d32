#include "backend/handlers/auth/resend_otp.h"

#include "backend/auth/client_source.h"
#include "backend/auth/code_resend.h"
#include "backend/auth/throttle.h"
#include "backend/handlers/auth/flow_answer.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

core::Result<std::string> read_flow(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"flow"});
  const auto flow = body.check(check_flow_id(body.required_string("flow")));
  if (const auto error = body.finish()) return *error;
  return *flow;
}

email::MailKind kind_of(const auth::FlowRecipient& recipient) {
  if (recipient.purpose == auth::CodePurpose::reset) {
    return recipient.deserves_code() ? email::MailKind::reset_code : email::MailKind::nothing;
  }
  return recipient.deserves_code() ? email::MailKind::signup_code
                                   : email::MailKind::already_registered;
}

}  // namespace

http::Response ResendOtp::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto flow = read_flow(request);
  if (!flow) return http::problem_response(flow.error(), request.request_id);

  std::optional<core::Error> refused;
  const core::Timestamp expires_at = now + settings_.code_life;
  database_.write(
      [&](db::Transaction& transaction) {
        refused.reset();
        const auto recipient = auth::claim_resend(transaction, *flow, settings_, now);
        if (!recipient) {
          refused = recipient.error();
          transaction.roll_back();
          return;
        }
        const auto budget = mail_budget_.ask(transaction, recipient->subject,
                                             auth::client_source(request.client_address), now);
        if (budget.retry_after) {
          refused = auth::too_many_requests(*budget.retry_after);
          transaction.roll_back();
          return;
        }
        email::MailJob mail{.kind = email::MailKind::nothing,
                            .flow = *flow,
                            .generation = recipient->generation,
                            .recipient = recipient->email,
                            .username = recipient->username,
                            .expires_at = expires_at};
        if (!budget.withheld) {
          auth::renew_code(transaction, *flow, !recipient->deserves_code(), expires_at);
          mail.kind = kind_of(*recipient);
          mail.generation += 1;
        }
        mails_.enqueue(transaction, mail);
      },
      request.deadline);
  if (refused) return http::problem_response(*refused, request.request_id);

  auth::CodeFlow answer;
  answer.flow = *flow;
  answer.expires_at = expires_at;
  answer.next_send_at = now + settings_.resend_wait;
  return flow_started(answer);
}

}  // namespace tms::handlers
