#include "backend/handlers/auth/forgot_password.h"

#include "backend/auth/client_source.h"
#include "backend/auth/code_flows.h"
#include "backend/auth/throttle.h"
#include "backend/auth/users.h"
#include "backend/handlers/auth/flow_answer.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

core::Result<validators::EmailAddress> read_email(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"email"});
  const auto email = body.check(validators::check_email_address(body.required_string("email")));
  if (const auto error = body.finish()) return *error;
  return *email;
}

}  // namespace

http::Response ForgotPassword::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto email = read_email(request);
  if (!email) return http::problem_response(email.error(), request.request_id);

  auth::CodeFlow flow{.flow = core::random_id(random_),
                      .purpose = auth::CodePurpose::reset,
                      .subject = email->folded,
                      .user_id = std::nullopt,
                      .withheld = true,
                      .generation = 1,
                      .next_send_at = now + settings_.resend_wait,
                      .created_at = now,
                      .expires_at = now + settings_.code_life};
  auth::MailBudget::Answer budget;
  database_.write(
      [&](db::Transaction& transaction) {
        budget = mail_budget_.ask(transaction, email->folded,
                                  auth::client_source(request.client_address), now);
        if (budget.retry_after) {
          transaction.roll_back();
          return;
        }
        auto user = auth::find_user(transaction, email->folded);
        if (user && user->locked) user.reset();
        flow.user_id = user ? std::optional(user->user_id) : std::nullopt;
        flow.withheld = budget.withheld || !user;
        auth::begin_flow(transaction, flow);
        mails_.enqueue(transaction, {.kind = flow.withheld ? email::MailKind::nothing
                                                           : email::MailKind::reset_code,
                                     .flow = flow.flow,
                                     .generation = flow.generation,
                                     .recipient = user ? user->email : email->text,
                                     .username = user ? user->username : std::string(),
                                     .expires_at = flow.expires_at});
      },
      request.deadline);
  if (budget.retry_after) {
    return http::problem_response(auth::too_many_requests(*budget.retry_after), request.request_id);
  }
  return flow_started(flow);
}

}  // namespace tms::handlers
