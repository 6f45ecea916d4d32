#include "backend/tests/support/accounts.h"

#include "backend/handlers/account/change_password.h"
#include "backend/handlers/account/end_all_sessions.h"
#include "backend/handlers/account/end_session.h"
#include "backend/handlers/account/list_sessions.h"
#include "backend/handlers/account/me.h"
#include "backend/handlers/auth/forgot_password.h"
#include "backend/handlers/auth/login.h"
#include "backend/handlers/auth/logout.h"
#include "backend/handlers/auth/resend_otp.h"
#include "backend/handlers/auth/reset_password.h"
#include "backend/handlers/auth/signup.h"
#include "backend/handlers/auth/verify_otp.h"
#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"
#include "backend/http/router.h"

namespace tms::tests {
namespace {

constexpr std::string_view kSecret = "test:k3yA9zQ1mX7cV5bN2wE8rT4yU6iO0pLs\n";
constexpr std::string_view kCookie = "__Host-tms_session";
constexpr std::string_view kDevice = "__Host-tms_device";

constexpr db::Statement kMails{"test_mails", R"sql(
select kind, coalesce(flow, ''), generation, recipient, username
from outbox
order by outbox_id)sql"};

constexpr db::Statement kForgetThrottles{"test_forget_throttles", "delete from throttles"};
constexpr db::Statement kCountUsers{"test_count_users", "select count(*) from users"};
constexpr db::Statement kCountSessions{"test_count_sessions", "select count(*) from sessions"};
constexpr db::Statement kCountFlows{"test_count_flows", "select count(*) from code_flows"};
constexpr db::Statement kCountPending{"test_count_pending", "select count(*) from pending_signups"};
constexpr db::Statement kCountOutbox{"test_count_outbox", "select count(*) from outbox"};
constexpr db::Statement kCountThrottles{"test_count_throttles", "select count(*) from throttles"};
constexpr db::Statement kCountLists{"test_count_lists", "select count(*) from lists"};

/// What the browser holds after this answer.
void keep_cookie(const http::Response& response, Browser& browser) {
  for (const std::string& cookie : response.set_cookies) {
    const auto begin = cookie.find('=') + 1;
    std::string& kept = cookie.starts_with(kDevice) ? browser.device : browser.token;
    kept = cookie.substr(begin, cookie.find(';') - begin);
  }
}

const http::JsonValue* find_in(const http::JsonValue& document, std::string_view path) {
  const http::JsonValue* value = &document;
  while (value != nullptr && !path.empty()) {
    const auto dot = path.find('.');
    value = value->find(path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  return value;
}

}  // namespace

AccountsTest::AccountsTest()
    : secret_(auth::Secret::parse(kSecret).value()),
      hasher_(secret_.keys(auth::KeyPurpose::password_pepper), {.cost = 4, .at_once = 2}, random),
      codes_(secret_.keys(auth::KeyPurpose::one_time_codes)),
      issuer_(secret_.keys(auth::KeyPurpose::session_tokens)),
      verifier_(secret_.keys(auth::KeyPurpose::session_tokens)),
      sessions_(clock, limits_),
      sign_in_({issuer_, verifier_, cookie_, random, limits_}),
      devices_(
          auth::DeviceCookie::Mode::https, secret_.keys(auth::KeyPurpose::known_devices), random),
      code_check_(database(), codes_, settings),
      outbox_(clock, [] {}) {
  using namespace handlers;
  auto& data = database();
  handlers_["signup"] = std::make_unique<Signup>(data, clock, random, hasher_, outbox_, settings);
  handlers_["verify_otp"] = std::make_unique<VerifyOtp>(data, clock, random, code_check_, sign_in_,
                                                        &devices_, &hasher_, settings);
  handlers_["resend_otp"] = std::make_unique<ResendOtp>(data, clock, outbox_, settings);
  handlers_["login"] = std::make_unique<Login>(data, clock, hasher_, sign_in_, &devices_, settings);
  handlers_["logout"] = std::make_unique<Logout>(data, clock, verifier_, cookie_);
  handlers_["forgot_password"] =
      std::make_unique<ForgotPassword>(data, clock, random, outbox_, settings);
  handlers_["reset_password"] =
      std::make_unique<ResetPassword>(data, clock, hasher_, code_check_, outbox_);
  handlers_["me"] = std::make_unique<Me>(data, sessions_);
  handlers_["change_password"] =
      std::make_unique<ChangePassword>(data, sessions_, hasher_, outbox_, settings);
  handlers_["list_sessions"] = std::make_unique<ListSessions>(data, sessions_);
  handlers_["end_session"] = std::make_unique<EndSession>(data, sessions_, cookie_);
  handlers_["end_all_sessions"] = std::make_unique<EndAllSessions>(data, sessions_, cookie_);
}

AccountsTest::~AccountsTest() = default;

http::Request AccountsTest::make_request(std::string_view action,
                                         const std::string& body,
                                         const Browser& browser) const {
  const http::Route* route = http::find_route(action);
  EXPECT_NE(route, nullptr) << action;
  http::Request request;
  request.method = route->method;
  request.path = route->pattern;
  request.headers = {{"user-agent", browser.user_agent}};
  if (!browser.token.empty()) {
    request.headers.emplace_back("cookie", std::string(kCookie) + '=' + browser.token);
  }
  if (!browser.device.empty()) {
    request.headers.emplace_back("cookie", std::string(kDevice) + '=' + browser.device);
  }
  request.body = body;
  request.client_address = browser.address;
  request.request_id = "test-request";
  request.deadline = soon();
  return request;
}

const http::Handler& AccountsTest::handler(std::string_view action) const {
  return *handlers_.find(action)->second;
}

http::Response AccountsTest::handle(std::string_view action, const http::Request& request) const {
  http::Request checked = request;
  if (http::find_route(action)->access == http::Access::session) {
    if (const auto token = cookie_.read(request)) {
      checked.identity = verifier_.verify(*token, clock.now());
    }
    if (!checked.identity) {
      http::Response refused;
      refused.status = 401;
      return refused;
    }
  }
  return handlers_.find(action)->second->handle(checked);
}

http::Response AccountsTest::call(std::string_view action, const std::string& body) {
  Browser passer_by;
  return call(action, body, passer_by);
}

http::Response AccountsTest::call(std::string_view action,
                                  const std::string& body,
                                  Browser& browser) {
  http::Response response = handle(action, make_request(action, body, browser));
  keep_cookie(response, browser);
  return response;
}

http::Response AccountsTest::call_with_id(std::string_view action,
                                          std::string_view id,
                                          Browser& browser) {
  http::Request request = make_request(action, {}, browser);
  request.path_parameters.emplace_back("session_id", id);
  http::Response response = handle(action, request);
  keep_cookie(response, browser);
  return response;
}

void AccountsTest::sign_up(const std::string& username,
                           const std::string& email,
                           const std::string& password,
                           Browser& browser) {
  const std::string flow = begin_signup(username, email, password, browser.address);
  const auto response = call("verify_otp", body({{"flow", flow}, {"otp", code_of(flow)}}), browser);
  ASSERT_EQ(outcome(response), "200");
  forget_throttles();
}

Browser AccountsTest::log_in(const std::string& username, const std::string& password) {
  Browser browser;
  const auto response =
      call("login", body({{"username", username}, {"password", password}}), browser);
  EXPECT_EQ(outcome(response), "200");
  return browser;
}

std::string AccountsTest::begin_signup(const std::string& username,
                                       const std::string& email,
                                       const std::string& password,
                                       const std::string& address) {
  Browser browser;
  browser.address = address;
  const auto response = call(
      "signup", body({{"username", username}, {"email", email}, {"password", password}}), browser);
  EXPECT_EQ(outcome(response), "202") << response.body;
  return text_in(response, "flow");
}

std::string AccountsTest::begin_reset(const std::string& email, const std::string& address) {
  Browser browser;
  browser.address = address;
  const auto response = call("forgot_password", body({{"email", email}}), browser);
  EXPECT_EQ(outcome(response), "202") << response.body;
  return text_in(response, "flow");
}

std::vector<QueuedMail> AccountsTest::mails() {
  std::vector<QueuedMail> mails;
  database().read(
      [&](db::Transaction& transaction) {
        mails.clear();
        transaction.query(kMails, [&](const db::Row& row) {
          mails.push_back({std::string(row.text(0)), std::string(row.text(1)), row.integer(2),
                           std::string(row.text(3)), std::string(row.text(4))});
        });
      },
      soon());
  return mails;
}

QueuedMail AccountsTest::last_mail() {
  const auto all = mails();
  EXPECT_FALSE(all.empty());
  return all.empty() ? QueuedMail{} : all.back();
}

std::string AccountsTest::code_of(const std::string& flow) {
  std::string code;
  for (const QueuedMail& mail : mails()) {
    if (mail.flow != flow) continue;
    if (mail.kind != "signup_code" && mail.kind != "reset_code") continue;
    const auto purpose =
        mail.kind == "signup_code" ? auth::CodePurpose::signup : auth::CodePurpose::reset;
    code = codes_.code(purpose, flow, mail.generation);
  }
  EXPECT_FALSE(code.empty()) << "no code was mailed for " << flow;
  return code;
}

std::string AccountsTest::wrong_code_of(const std::string& flow) {
  std::string code = code_of(flow);
  if (!code.empty()) code.back() = code.back() == '0' ? '1' : '0';
  return code;
}

std::int64_t AccountsTest::count(const std::string& table) {
  static const std::map<std::string, const db::Statement*> kStatements{
      {"users", &kCountUsers},      {"sessions", &kCountSessions},
      {"code_flows", &kCountFlows}, {"pending_signups", &kCountPending},
      {"outbox", &kCountOutbox},    {"throttles", &kCountThrottles},
      {"lists", &kCountLists},
  };
  return integer(*kStatements.at(table));
}

void AccountsTest::forget_throttles() {
  execute(kForgetThrottles);
}

std::string text_in(const http::Response& response, std::string_view path) {
  const auto document = http::parse_json(response.body);
  const http::JsonValue* value = document ? find_in(*document, path) : nullptr;
  const std::string* text = value == nullptr ? nullptr : value->as_string();
  EXPECT_NE(text, nullptr) << path << " is missing in " << response.body;
  return text == nullptr ? std::string() : *text;
}

std::int64_t integer_in(const http::Response& response, std::string_view path) {
  const auto document = http::parse_json(response.body);
  const http::JsonValue* value = document ? find_in(*document, path) : nullptr;
  const std::int64_t* number = value == nullptr ? nullptr : value->as_integer();
  EXPECT_NE(number, nullptr) << path << " is missing in " << response.body;
  return number == nullptr ? 0 : *number;
}

std::string outcome(const http::Response& response) {
  const std::string status = std::to_string(response.status);
  if (response.status < 400 || response.body.empty()) return status;
  return status + ' ' + text_in(response, "code");
}

std::vector<std::string> field_errors(const http::Response& response) {
  std::vector<std::string> errors;
  const auto document = http::parse_json(response.body);
  const http::JsonValue* list = document ? document->find("errors") : nullptr;
  if (list == nullptr || list->as_array() == nullptr) return errors;
  for (const http::JsonValue& error : *list->as_array()) {
    errors.push_back(*error.find("field")->as_string() + ' ' + *error.find("code")->as_string());
  }
  return errors;
}

std::int64_t retry_after(const http::Response& response) {
  for (const auto& [name, value] : response.headers) {
    if (name == "Retry-After") return std::stoll(value);
  }
  return 0;
}

std::string body(std::initializer_list<std::pair<std::string_view, std::string_view>> members) {
  http::JsonWriter json;
  json.begin_object();
  for (const auto& [name, text] : members)
    json.member(name, text);
  json.end_object();
  return std::move(json).take();
}

}  // namespace tms::tests
