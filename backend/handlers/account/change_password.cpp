#include "backend/handlers/account/change_password.h"

#include "backend/auth/code_flows.h"
#include "backend/auth/password_rules.h"
#include "backend/auth/sessions.h"
#include "backend/auth/throttle.h"
#include "backend/handlers/auth/password_changed.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/password.h"

namespace tms::handlers {
namespace {

struct Input {
  std::string current;
  std::string replacement;
};

core::Result<Input> read_input(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"current_password", "new_password"});
  const auto current = body.check(validators::check_current_password(
      body.required_string("current_password"), "current_password"));
  const auto replacement = body.check(
      auth::check_settable_password(body.required_string("new_password"), "new_password"));
  if (const auto error = body.finish()) return *error;
  return Input{*current, *replacement};
}

core::Error wrong_password() {
  core::Error error;
  error.code = core::ErrorCode::wrong_password;
  error.detail.value = "Enter the password that you have now.";
  error.fields.push_back({"current_password", "invalid", "This is not your current password."});
  return error;
}

auth::Claim claim_of(std::int64_t user_id, const auth::ThrottleSettings& settings) {
  return {auth::throttle_bucket("password_change", {std::to_string(user_id)}),
          settings.password_change_account};
}

}  // namespace

http::Response ChangePassword::handle(const http::Request& request) const {
  const auto refuse = [&](const core::Error& error) {
    return http::problem_response(error, request.request_id);
  };
  const auto session = sessions_.parameters(request);
  const auto input = read_input(request);
  if (!input) return refuse(input.error());

  const auto found = begin(session, request.deadline);
  if (!found) return refuse(found.error());
  const auth::User& user = found->user;
  if (!hasher_.verify(input->current, user.password_hash, request.deadline).matches) {
    return refuse(wrong_password());
  }
  if (auto error =
          auth::check_not_account(input->replacement, user.username, user.email, "new_password")) {
    return refuse(http::validation_error({std::move(*error)}));
  }
  const std::string hash = hasher_.hash(input->replacement, request.deadline);
  if (const auto error = change(session, user, hash, request.deadline)) return refuse(*error);
  sessions_.touch(database_, session, found->last_seen);
  return http::Response::no_content();
}

/// Counts a try, which stays counted whatever comes of it.
core::Result<SessionUser> ChangePassword::begin(const auth::SessionParameters& session,
                                                core::Deadline deadline) const {
  core::Result<SessionUser> result = auth::not_signed_in();
  database_.write(
      [&](db::Transaction& transaction) {
        result = auth::not_signed_in();
        auto found = find_session_user(transaction, session);
        if (!found) return;
        const auto verdict =
            auth::take(transaction, claim_of(found->user.user_id, settings_), session.now);
        if (verdict.granted) {
          result = std::move(*found);
        } else {
          result = auth::too_many_requests(verdict.retry_after);
        }
      },
      deadline);
  return result;
}

/// The session may have ended, or the password changed, while we hashed: then that wins.
std::optional<core::Error> ChangePassword::change(const auth::SessionParameters& session,
                                                  const auth::User& user,
                                                  const std::string& hash,
                                                  core::Deadline deadline) const {
  std::optional<core::Error> refused;
  database_.write(
      [&](db::Transaction& transaction) {
        refused.reset();
        if (!find_session_user(transaction, session)) {
          refused = auth::not_signed_in();
        } else if (!auth::replace_password_hash(transaction, user.user_id, user.password_hash, hash,
                                                session.now)) {
          refused = wrong_password();
        }
        if (refused) {
          transaction.roll_back();
          return;
        }
        auth::end_other_sessions_of(transaction, user.user_id, session.session_id);
        auth::end_flows_of(transaction, user.user_id, session.now);
        auth::forget(transaction, claim_of(user.user_id, settings_).bucket);
        mails_.enqueue(transaction, password_changed_mail(user, session.now));
      },
      deadline);
  return refused;
}

}  // namespace tms::handlers
