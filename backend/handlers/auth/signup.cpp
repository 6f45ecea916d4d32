#include "backend/handlers/auth/signup.h"

#include "backend/auth/client_source.h"
#include "backend/auth/code_flows.h"
#include "backend/auth/password_rules.h"
#include "backend/auth/pending_signups.h"
#include "backend/auth/throttle.h"
#include "backend/handlers/auth/flow_answer.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"

namespace tms::handlers {
namespace {

struct Input {
  validators::Username username;
  validators::EmailAddress email;
  std::string password;
};

core::Result<Input> read_input(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"username", "email", "password"});
  const auto username = body.check(validators::check_username(body.required_string("username")));
  const auto email = body.check(validators::check_email_address(body.required_string("email")));
  const auto password =
      body.check(auth::check_settable_password(body.required_string("password"), "password"));
  if (username && email && password) {
    if (auto error = auth::check_not_account(*password, username->text, email->text, "password")) {
      body.add_error(std::move(*error));
    }
  }
  if (const auto error = body.finish()) return *error;
  return Input{*username, *email, *password};
}

core::Error username_taken() {
  core::Error error;
  error.code = core::ErrorCode::username_taken;
  error.detail.value = "Choose another user name.";
  return error;
}

}  // namespace

http::Response Signup::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto input = read_input(request);
  if (!input) return http::problem_response(input.error(), request.request_id);
  if (const auto error = refuse_name(request, input->username, now)) {
    return http::problem_response(*error, request.request_id);
  }

  // Hashed outside any transaction, and for taken addresses, too.
  const auth::NewUser user{input->username, input->email,
                           hasher_.hash(input->password, request.deadline)};
  auth::CodeFlow flow{.flow = core::random_id(random_),
                      .purpose = auth::CodePurpose::signup,
                      .subject = user.email.folded,
                      .user_id = std::nullopt,
                      .withheld = false,
                      .generation = 1,
                      .next_send_at = now + settings_.resend_wait,
                      .created_at = now,
                      .expires_at = now + settings_.code_life};
  auth::MailBudget::Answer budget;
  database_.write(
      [&](db::Transaction& transaction) {
        budget = mail_budget_.ask(transaction, user.email.folded,
                                  auth::client_source(request.client_address), now);
        if (budget.retry_after) {
          transaction.roll_back();
          return;
        }
        const auto owner = auth::find_user(transaction, user.email.folded);
        flow.withheld = budget.withheld || owner;
        auth::begin_flow(transaction, flow);
        auth::insert_pending_signup(transaction, flow.flow, user, now);

        email::MailJob mail{.kind = email::MailKind::signup_code,
                            .flow = flow.flow,
                            .generation = flow.generation,
                            .recipient = user.email.text,
                            .username = user.username.text,
                            .expires_at = flow.expires_at};
        if (owner) {
          mail.kind = email::MailKind::already_registered;
          mail.recipient = owner->email;
          mail.username = owner->username;
        }
        if (budget.withheld) mail.kind = email::MailKind::nothing;
        mails_.enqueue(transaction, mail);
      },
      request.deadline);
  if (budget.retry_after) {
    return http::problem_response(auth::too_many_requests(*budget.retry_after), request.request_id);
  }
  return flow_started(flow);
}

std::optional<core::Error> Signup::refuse_name(const http::Request& request,
                                               const validators::Username& username,
                                               core::Timestamp now) const {
  std::optional<core::Error> error;
  // Commits whatever the answer, or names could be tried without end.
  database_.write(
      [&](db::Transaction& transaction) {
        error.reset();
        const auth::Claim claim = auth::signup_claim(request.client_address, settings_);
        if (const auto verdict = auth::take(transaction, claim, now); !verdict.granted) {
          error = auth::too_many_requests(verdict.retry_after);
        } else if (auth::username_exists(transaction, username.folded)) {
          error = username_taken();
        }
      },
      request.deadline);
  return error;
}

}  // namespace tms::handlers
