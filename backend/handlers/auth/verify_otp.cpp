#include "backend/handlers/auth/verify_otp.h"

#include "backend/auth/client_source.h"
#include "backend/auth/pending_signups.h"
#include "backend/auth/throttle.h"
#include "backend/auth/users.h"
#include "backend/handlers/account/user_answer.h"
#include "backend/handlers/auth/flow_answer.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/one_time_code.h"
#include "backend/validators/password.h"

namespace tms::handlers {
namespace {

struct Input {
  std::string flow;
  std::string digits;
  std::optional<validators::Username> username;
};

core::Result<Input> read_input(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"flow", "otp", "username"});
  const auto flow = body.check(check_flow_id(body.required_string("flow")));
  const auto digits = body.check(validators::check_one_time_code(body.required_string("otp")));
  std::optional<validators::Username> username;
  if (const auto text = body.optional_string("username")) {
    username = body.check(validators::check_username(*text));
  }
  if (const auto error = body.finish()) return *error;
  return Input{*flow, *digits, username};
}

}  // namespace

// A name may be spelt with escapes (`\u0075sername`), which all begin with a backslash; nothing else
// that is taken here holds one, so that a plain body with a code stays light.
bool VerifyOtp::may_hash(const http::Request& request) const {
  return hasher_ != nullptr && (request.body.find("username") != std::string::npos ||
                                request.body.find('\\') != std::string::npos);
}

http::Response VerifyOtp::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto input = read_input(request);
  if (!input) return http::problem_response(input.error(), request.request_id);

  const auto proven =
      codes_.check(auth::CodePurpose::signup, input->flow, input->digits,
                   auth::client_source(request.client_address), now, request.deadline);
  if (!proven) return http::problem_response(proven.error(), request.request_id);

  if (input->username) {
    if (const auto error = count_name(request, *proven, now)) {
      return http::problem_response(*error, request.request_id);
    }
    if (const auto error = compare_with_password(*input->username, *proven, request.deadline)) {
      return http::problem_response(*error, request.request_id);
    }
  }

  core::Result<auth::User> user = auth::code_expired();
  std::string cookie;
  database_.write(
      [&](db::Transaction& transaction) {
        user = auth::code_expired();
        auto pending = auth::find_pending_signup(transaction, proven->flow);
        if (!pending || !auth::CodeCheck::use(transaction, *proven, now)) return;
        if (input->username) pending->username = *input->username;

        user = auth::create_user(transaction, *pending, random_, now);
        if (!user && user.error().code == core::ErrorCode::username_taken) {
          transaction.roll_back();  // the code stays good for another name
          return;
        }
        auth::delete_pending_signup(transaction, proven->flow);
        if (user) cookie = sign_in_.start(transaction, request, user->user_id, now);
      },
      request.deadline);

  if (!user) {
    if (user.error().code == core::ErrorCode::username_taken) {
      database_.write(
          [&](db::Transaction& transaction) { auth::CodeCheck::keep(transaction, *proven); },
          request.deadline);
    }
    return http::problem_response(user.error(), request.request_id);
  }
  http::Response response = user_answer(*user);
  response.set_cookies.push_back(std::move(cookie));
  if (devices_ != nullptr) {
    response.set_cookies.push_back(devices_->set(user->user_id, user->password_hash, now));
  }
  return response;
}

/// A name that is sent along is a try at a name like one of a sign-up, and comes out of the same
/// budget: whoever confirms one address could otherwise ask for all names (row 14 of the security
/// checklist). The code stays good.
std::optional<core::Error> VerifyOtp::count_name(const http::Request& request,
                                                 const auth::ProvenFlow& proven,
                                                 core::Timestamp now) const {
  std::optional<core::Error> refused;
  database_.write(
      [&](db::Transaction& transaction) {
        refused.reset();
        const auth::Claim claim = auth::signup_claim(request.client_address, settings_);
        const auth::Verdict verdict = auth::take(transaction, claim, now);
        if (verdict.granted) return;
        refused = auth::too_many_requests(verdict.retry_after);
        auth::CodeCheck::keep(transaction, proven);
      },
      request.deadline);
  return refused;
}

/// The name of the sign-up was compared with the password as it was typed. Of another one only its
/// hash is there, so the name is tried as a password, as typed and in small letters; a password
/// that differs from it by capitals in other places is not found. The code stays good.
std::optional<core::Error> VerifyOtp::compare_with_password(const validators::Username& username,
                                                            const auth::ProvenFlow& proven,
                                                            core::Deadline deadline) const {
  if (hasher_ == nullptr) return std::nullopt;
  std::optional<auth::NewUser> pending;
  database_.read(
      [&](db::Transaction& transaction) {
        pending = auth::find_pending_signup(transaction, proven.flow);
      },
      deadline);
  if (!pending || pending->username.folded == username.folded) return std::nullopt;
  // A shorter one is no password, so nothing is hashed for it.
  if (username.text.size() < validators::kMinPasswordCodePoints) return std::nullopt;
  const auto is_password = [&](std::string_view text) {
    return hasher_->verify(text, pending->password_hash, deadline).matches;
  };
  if (!is_password(username.text) &&
      (username.folded == username.text || !is_password(username.folded))) {
    return std::nullopt;
  }
  database_.write([&](db::Transaction& transaction) { auth::CodeCheck::keep(transaction, proven); },
                  deadline);
  return http::validation_error(
      {{"username", "same_as_account", "Choose a user name that is not your password."}});
}

}  // namespace tms::handlers
