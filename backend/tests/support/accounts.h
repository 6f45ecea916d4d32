#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/code_check.h"
#include "backend/auth/device_cookie.h"
#include "backend/auth/one_time_codes.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/secret.h"
#include "backend/auth/session_check.h"
#include "backend/auth/session_cookie.h"
#include "backend/auth/sign_in.h"
#include "backend/auth/throttle_settings.h"
#include "backend/auth/token.h"
#include "backend/email/outbox.h"
#include "backend/http/handler.h"
#include "backend/tests/support/databases.h"
#include "backend/tests/support/fixed_random.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {

/// One browser: where it is, what it calls itself, which cookies it holds.
struct Browser {
  std::string address = "192.0.2.1";
  std::string user_agent = "Mozilla/5.0 (test)";
  /// The token, without the cookie's name; empty when signed out.
  std::string token;
  /// The value of the cookie of a known device; empty when it never logged in.
  std::string device;
};

/// A row of the outbox.
struct QueuedMail {
  std::string kind;
  std::string flow;
  std::int64_t generation = 0;
  std::string recipient;
  std::string username;
};

/// All auth and account handlers on a fresh database, with a clock that stands still and cheap
/// hashes. `call` does what the dispatcher does: it checks the token and hands the request over.
class AccountsTest : public DatabaseTest {
 protected:
  AccountsTest();
  ~AccountsTest() override;

  /// Settings may be changed by a test before its first call.
  auth::ThrottleSettings settings;
  ManualClock clock;
  FixedRandom random;

  http::Response call(std::string_view action, const std::string& body = {});
  http::Response call(std::string_view action, const std::string& body, Browser& browser);
  /// With a value for the route's one path parameter.
  http::Response call_with_id(std::string_view action, std::string_view id, Browser& browser);
  http::Response handle(std::string_view action, const http::Request& request) const;
  http::Request make_request(std::string_view action,
                             const std::string& body,
                             const Browser& browser) const;

  /// Signs up and confirms; the browser is signed in then. Mail budgets start anew.
  void sign_up(const std::string& username,
               const std::string& email,
               const std::string& password,
               Browser& browser);
  /// A new browser, signed in.
  Browser log_in(const std::string& username, const std::string& password);

  /// Begins a flow and returns its id; the answer must be 202.
  std::string begin_signup(const std::string& username,
                           const std::string& email,
                           const std::string& password = kPassword,
                           const std::string& address = "192.0.2.1");
  std::string begin_reset(const std::string& email, const std::string& address = "192.0.2.1");

  /// Everything queued, oldest first, mails of kind `nothing` among them.
  std::vector<QueuedMail> mails();
  QueuedMail last_mail();
  /// The code that the newest mail of this flow holds.
  std::string code_of(const std::string& flow);
  /// A code that this flow does not have.
  std::string wrong_code_of(const std::string& flow);

  [[nodiscard]] const http::Handler& handler(std::string_view action) const;

  std::int64_t count(const std::string& table);
  void forget_throttles();

  [[nodiscard]] const auth::OneTimeCodes& codes() const { return codes_; }
  [[nodiscard]] const auth::TokenVerifier& verifier() const { return verifier_; }
  [[nodiscard]] const auth::TokenIssuer& issuer() const { return issuer_; }
  [[nodiscard]] const auth::DeviceCookie& devices() const { return devices_; }
  [[nodiscard]] const auth::SessionLimits& limits() const { return limits_; }
  [[nodiscard]] const auth::Secret& secret() const { return secret_; }

  static constexpr const char* kPassword = "correct horse battery";

 private:
  auth::SessionLimits limits_;
  auth::Secret secret_;
  auth::PasswordHasher hasher_;
  auth::OneTimeCodes codes_;
  auth::TokenIssuer issuer_;
  auth::TokenVerifier verifier_;
  auth::SessionCookie cookie_{auth::SessionCookie::Mode::https};
  auth::SessionCheck sessions_;
  auth::SignIn sign_in_;
  auth::DeviceCookie devices_;
  auth::CodeCheck code_check_;
  email::Outbox outbox_;
  std::map<std::string, std::unique_ptr<http::Handler>, std::less<>> handlers_;
};

/// A text member of the answer's JSON object, `a.b` for one inside; fails the test when missing.
std::string text_in(const http::Response& response, std::string_view path);
std::int64_t integer_in(const http::Response& response, std::string_view path);

/// The `code` of a problem, with the status in front: "409 username_taken"; "202" without one.
std::string outcome(const http::Response& response);

/// "field code" for every wrong field of a 422.
std::vector<std::string> field_errors(const http::Response& response);

/// Seconds of Retry-After, or 0 when the header is missing.
std::int64_t retry_after(const http::Response& response);

/// JSON object of text members: body({{"flow", "…"}, {"otp", "…"}}).
std::string body(std::initializer_list<std::pair<std::string_view, std::string_view>> members);

}  // namespace tms::tests
