#include "backend/handlers/auth/reset_password.h"

#include "backend/auth/client_source.h"
#include "backend/auth/code_flows.h"
#include "backend/auth/login_throttle.h"
#include "backend/auth/password_rules.h"
#include "backend/auth/sessions.h"
#include "backend/handlers/auth/flow_answer.h"
#include "backend/handlers/auth/password_changed.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/one_time_code.h"
#include "backend/validators/text.h"

namespace tms::handlers {
namespace {

struct Input {
  std::string flow;
  std::string digits;
  std::string password;
};

core::Result<Input> read_input(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"flow", "otp", "new_password"});
  const auto flow = body.check(check_flow_id(body.required_string("flow")));
  const auto digits = body.check(validators::check_one_time_code(body.required_string("otp")));
  const auto password = body.check(
      auth::check_settable_password(body.required_string("new_password"), "new_password"));
  if (const auto error = body.finish()) return *error;
  return Input{*flow, *digits, *password};
}

}  // namespace

http::Response ResetPassword::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto input = read_input(request);
  if (!input) return http::problem_response(input.error(), request.request_id);

  const auto proven =
      codes_.check(auth::CodePurpose::reset, input->flow, input->digits,
                   auth::client_source(request.client_address), now, request.deadline);
  if (!proven) return http::problem_response(proven.error(), request.request_id);
  const auto user = find_account(*proven, request.deadline);
  if (!user) return http::problem_response(auth::code_expired(), request.request_id);

  // Asked only now, because the answer speaks of the account; the code stays good.
  if (auto error =
          auth::check_not_account(input->password, user->username, user->email, "new_password")) {
    database_.write(
        [&](db::Transaction& transaction) { auth::CodeCheck::keep(transaction, *proven); },
        request.deadline);
    return http::problem_response(http::validation_error({std::move(*error)}), request.request_id);
  }
  if (!set_password(*proven, *user, input->password, now, request.deadline)) {
    return http::problem_response(auth::code_expired(), request.request_id);
  }
  return http::Response::no_content();
}

std::optional<auth::User> ResetPassword::find_account(const auth::ProvenFlow& proven,
                                                      core::Deadline deadline) const {
  std::optional<auth::User> user;
  if (!proven.user_id) return user;
  database_.read(
      [&](db::Transaction& transaction) { user = auth::find_user(transaction, *proven.user_id); },
      deadline);
  if (user && user->locked) user.reset();
  return user;
}

bool ResetPassword::set_password(const auth::ProvenFlow& proven,
                                 const auth::User& user,
                                 std::string_view password,
                                 core::Timestamp now,
                                 core::Deadline deadline) const {
  const std::string hash = hasher_.hash(password, deadline);
  bool done = false;
  database_.write(
      [&](db::Transaction& transaction) {
        done = auth::CodeCheck::use(transaction, proven, now);
        if (!done) {
          transaction.roll_back();
          return;
        }
        auth::set_password_hash(transaction, user.user_id, hash, now);
        auth::end_sessions_of(transaction, user.user_id);
        auth::end_flows_of(transaction, user.user_id, now);
        auth::LoginThrottle::succeed(
            transaction, user.user_id,
            {validators::casefold(user.username), validators::casefold(user.email)});
        mails_.enqueue(transaction, password_changed_mail(user, now));
      },
      deadline);
  return done;
}

}  // namespace tms::handlers
