#include "backend/handlers/auth/login.h"

#include "backend/auth/client_source.h"
#include "backend/auth/throttle.h"
#include "backend/handlers/account/user_answer.h"
#include "backend/http/body_reader.h"
#include "backend/http/problem.h"
#include "backend/http/query_reader.h"
#include "backend/validators/password.h"
#include "backend/validators/text.h"

namespace tms::handlers {
namespace {

struct Input {
  /// User name or e-mail, folded.
  std::string identifier;
  std::string password;
};

/// Says nothing of the rules for names, only what no name can be.
std::variant<std::string, core::FieldError> check_identifier(std::string_view text) {
  const auto wrong = [](std::string code, std::string message) {
    return core::FieldError{"username", std::move(code), std::move(message)};
  };
  if (text.empty()) return wrong("required", "Enter your user name or e-mail.");
  if (validators::count_code_points(text) > validators::kMaxEmail) {
    return wrong("too_long", "Use at most 254 characters.");
  }
  if (validators::has_forbidden_control(text, validators::Controls::none)) {
    return wrong("invalid", "This is no user name or e-mail.");
  }
  return validators::casefold(text);
}

core::Result<Input> read_input(const http::Request& request) {
  if (const auto error = http::refuse_query(request)) return *error;
  http::BodyReader body(request, {"username", "password"});
  const auto identifier = body.check(check_identifier(body.required_string("username")));
  const auto password =
      body.check(validators::check_current_password(body.required_string("password")));
  if (const auto error = body.finish()) return *error;
  return Input{*identifier, *password};
}

core::Error invalid_credentials() {
  core::Error error;
  error.code = core::ErrorCode::invalid_credentials;
  error.detail.value = "Check both, or reset your password.";
  return error;
}

}  // namespace

http::Response Login::handle(const http::Request& request) const {
  const core::Timestamp now = clock_.now();
  const auto input = read_input(request);
  if (!input) return http::problem_response(input.error(), request.request_id);

  const Attempt attempt = begin(request, input->identifier, now);
  if (attempt.retry_after) {
    return http::problem_response(auth::too_many_requests(*attempt.retry_after),
                                  request.request_id);
  }
  const auto stored = attempt.user ? std::optional(attempt.user->password_hash) : std::nullopt;
  const auto verdict = hasher_.verify(input->password, stored, request.deadline);
  if (!verdict.matches || !attempt.may_succeed) {
    return http::problem_response(invalid_credentials(), request.request_id);
  }

  const auth::User& user = *attempt.user;
  const auto replacement = verdict.needs_rehash ? rehash(request, input->password) : std::nullopt;
  bool signed_in = false;
  std::string cookie;
  database_.write(
      [&](db::Transaction& transaction) {
        // The password may have been changed, or the account locked, while we hashed.
        const auto current = auth::find_user(transaction, user.user_id);
        signed_in = current && !current->locked && current->password_hash == user.password_hash;
        if (!signed_in) {
          transaction.roll_back();
          return;
        }
        if (replacement) {
          auth::replace_password_hash(transaction, user.user_id, user.password_hash, *replacement,
                                      now);
        }
        if (attempt.device) {
          auth::LoginThrottle::succeed_by_device(transaction, *attempt.device);
        } else {
          auth::LoginThrottle::succeed(transaction, user.user_id, {input->identifier});
        }
        cookie = sign_in_.start(transaction, request, user.user_id, now);
      },
      request.deadline);
  if (!signed_in) return http::problem_response(invalid_credentials(), request.request_id);
  http::Response response = user_answer(user);
  response.set_cookies.push_back(std::move(cookie));
  if (devices_ != nullptr) {
    const std::string& hash = replacement ? *replacement : user.password_hash;
    response.set_cookies.push_back(devices_->set(user.user_id, hash, now));
  }
  return response;
}

Login::Attempt Login::begin(const http::Request& request,
                            const std::string& identifier,
                            core::Timestamp now) const {
  Attempt attempt;
  const std::string source = auth::client_source(request.client_address);
  // Commits whatever comes of it: the count of a failed login must stay (CVE-2026-35597).
  database_.write(
      [&](db::Transaction& transaction) {
        attempt = {};
        attempt.retry_after = throttle_.begin_source(transaction, source, now);
        if (attempt.retry_after) return;
        attempt.user = auth::find_user(transaction, identifier);
        if (attempt.user && devices_ != nullptr) {
          attempt.device = devices_->read(request, *attempt.user, now);
        }
        if (attempt.device && throttle_.begin_device(transaction, *attempt.device, now)) {
          attempt.may_succeed = !attempt.user->locked;
        } else {
          attempt.device.reset();
          begin_account(transaction, attempt, identifier, now);
        }
      },
      request.deadline);
  return attempt;
}

void Login::begin_account(db::Transaction& transaction,
                          Attempt& attempt,
                          const std::string& identifier,
                          core::Timestamp now) const {
  attempt.retry_after = throttle_.begin(transaction, identifier, now);
  if (attempt.retry_after) return;
  const auto user_id = attempt.user ? std::optional(attempt.user->user_id) : std::nullopt;
  const bool within = throttle_.begin_account(transaction, user_id, identifier, now);
  attempt.may_succeed = within && attempt.user && !attempt.user->locked;
}

/// Never the reason for a failed login.
std::optional<std::string> Login::rehash(const http::Request& request,
                                         const std::string& password) const {
  try {
    return hasher_.hash(password, request.deadline);
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

}  // namespace tms::handlers
