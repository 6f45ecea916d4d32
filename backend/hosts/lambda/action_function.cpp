#include "backend/hosts/lambda/action_function.h"

#include <chrono>
#include <optional>
#include <string_view>

#include "backend/email/invoke_mail_queue.h"
#include "backend/hosts/app/application.h"
#include "backend/hosts/app/dispatcher.h"
#include "backend/hosts/app/housekeeping.h"
#include "backend/hosts/lambda/function_database.h"
#include "backend/hosts/lambda/http_function.h"
#include "backend/hosts/lambda/service_clients.h"

namespace tms::lambda {
namespace {

// CloudFront's address is not known here (the distribution needs the API and the API the functions),
// so the origin is compared with the host that CloudFront passes on; only the scheme comes from this.
constexpr const char* kUnknownOrigin = "https://unknown.invalid";

// No clock wakes a sleeping database for this: whoever opens the page has woken it, and the first `me` of
// an environment, and one a day after it, cleans up once its reply is delivered.
constexpr std::string_view kCleaningAction = "me";
constexpr std::chrono::hours kCleanEvery{24};
// It is billed.
constexpr std::chrono::seconds kCleaningTime{2};

class ActionFunction final : public Function {
 public:
  ActionFunction(const FunctionContext& context, const FunctionKeys& keys);
  ActionFunction(const ActionFunction&) = delete;
  ActionFunction& operator=(const ActionFunction&) = delete;

  std::string handle(const Invocation& invocation) override { return http_.reply_to(invocation); }
  void rest() override;

  [[nodiscard]] bool has_handler(std::string_view action) const {
    return application_.handler(action) != nullptr;
  }

 private:
  [[nodiscard]] hosts::FindHandler only(const std::string& action) const;
  std::string take_mail_failure() { return mails_ ? mails_->take_failure() : std::string(); }

  const FunctionSettings& settings_;
  auth::SessionCookie cookie_;
  std::unique_ptr<db::ManagedDatabase> database_;
  auth::TokenVerifier verifier_;
  // Null without the key or the right; see Services.
  std::unique_ptr<auth::TokenIssuer> issuer_;
  std::unique_ptr<auth::PasswordHasher> hasher_;
  std::unique_ptr<auth::OneTimeCodes> codes_;
  std::unique_ptr<auth::DeviceCookie> devices_;
  std::unique_ptr<aws::ServiceClient> lambda_client_;
  std::unique_ptr<email::InvokeMailQueue> mails_;
  hosts::Application application_;
  hosts::Dispatcher dispatcher_;
  hosts::AuditLog audit_;
  HttpFunction http_;
  hosts::Housekeeping housekeeping_;
  const core::Clock& clock_;
  std::optional<core::Timestamp> cleaned_at_;
};

std::unique_ptr<auth::TokenIssuer> make_issuer(const FunctionKeys& keys) {
  if (!keys.token) return nullptr;
  return std::make_unique<auth::TokenIssuer>(keys.token);
}

std::unique_ptr<auth::PasswordHasher> make_hasher(const FunctionContext& context,
                                                  const FunctionKeys& keys) {
  if (!keys.password) return nullptr;
  return std::make_unique<auth::PasswordHasher>(
      keys.password->keys(auth::KeyPurpose::password_pepper),
      auth::PasswordHasher::Settings{context.settings.bcrypt_cost, 1}, context.random);
}

std::unique_ptr<auth::OneTimeCodes> make_codes(const FunctionKeys& keys) {
  if (!keys.code) return nullptr;
  return std::make_unique<auth::OneTimeCodes>(keys.code->keys(auth::KeyPurpose::one_time_codes));
}

// With the key of passwords, so of the functions that sign in `login` alone knows devices.
std::unique_ptr<auth::DeviceCookie> make_devices(const FunctionContext& context,
                                                 const FunctionKeys& keys,
                                                 auth::DeviceCookie::Mode mode) {
  if (!keys.password) return nullptr;
  return std::make_unique<auth::DeviceCookie>(
      mode, keys.password->keys(auth::KeyPurpose::known_devices), context.random);
}

// One for each key that a function may hold: lines of functions with the same key can be connected.
std::vector<std::uint8_t> pseudonym_key(const FunctionKeys& keys) {
  if (keys.password) return keys.password->pseudonym_key();
  return keys.code ? keys.code->pseudonym_key() : std::vector<std::uint8_t>();
}

std::unique_ptr<aws::ServiceClient> make_lambda_client(const FunctionContext& context) {
  if (context.settings.send_mail_function.empty()) return nullptr;
  return make_service_client(context, "lambda", context.settings.lambda_endpoint);
}

auth::SessionCookie::Mode cookie_mode(const FunctionSettings& settings) {
  return settings.public_url && !settings.public_url->https ? auth::SessionCookie::Mode::development
                                                            : auth::SessionCookie::Mode::https;
}

hosts::DispatcherOptions dispatcher_options(const FunctionSettings& settings,
                                            const auth::SessionCookie& cookie) {
  const bool plain = cookie_mode(settings) == auth::SessionCookie::Mode::development;
  return {settings.public_url ? settings.public_url->origin() : kUnknownOrigin,
          std::string(cookie.name()),
          plain ? hosts::StrictTransport::off : hosts::StrictTransport::host_and_subdomains};
}

ActionFunction::ActionFunction(const FunctionContext& context, const FunctionKeys& keys)
    : settings_(context.settings),
      cookie_(cookie_mode(context.settings)),
      database_(make_function_database(context)),
      verifier_(keys.public_tokens),
      issuer_(make_issuer(keys)),
      hasher_(make_hasher(context, keys)),
      codes_(make_codes(keys)),
      devices_(make_devices(context, keys, cookie_mode(context.settings))),
      lambda_client_(make_lambda_client(context)),
      mails_(lambda_client_ ? std::make_unique<email::InvokeMailQueue>(*lambda_client_,
                                                                       settings_.send_mail_function)
                            : nullptr),
      application_({*database_, context.clock, context.random, verifier_, cookie_,
                    settings_.sessions, settings_.throttles, mails_.get(), hasher_.get(),
                    codes_.get(), issuer_.get(), devices_.get()}),
      dispatcher_(
          only(settings_.action),
          [this](std::string_view token, core::Timestamp now) {
            return verifier_.verify(token, now);
          },
          context.clock,
          context.random,
          context.log,
          dispatcher_options(context.settings, cookie_)),
      audit_(context.log, pseudonym_key(keys)),
      http_(settings_.action,
            dispatcher_,
            audit_,
            context.clock,
            [this] { return take_mail_failure(); }),
      housekeeping_(
          *database_, context.clock, settings_.throttles, settings_.sessions, context.log),
      clock_(context.clock) {}

void ActionFunction::rest() {
  const core::Timestamp now = clock_.now();
  if (settings_.action != kCleaningAction || (cleaned_at_ && now - *cleaned_at_ < kCleanEvery)) {
    return;
  }
  cleaned_at_ = now;
  housekeeping_.clean(std::chrono::steady_clock::now() + kCleaningTime);
}

hosts::FindHandler ActionFunction::only(const std::string& action) const {
  return [this, action](std::string_view wanted) {
    return wanted == action ? application_.handler(wanted) : nullptr;
  };
}

}  // namespace

core::Result<std::unique_ptr<Function>> make_action_function(const FunctionContext& context,
                                                             const FunctionKeys& keys) {
  core::Error error;
  if (keys.public_tokens.empty()) {
    error.log.value = "TMS_TOKEN_PUBLIC_KEYS is missing";
    return error;
  }
  auto function = std::make_unique<ActionFunction>(context, keys);
  if (!function->has_handler(context.settings.action)) {
    error.log.value = context.settings.action + " lacks a key parameter or TMS_SEND_MAIL_FUNCTION";
    return error;
  }
  return std::unique_ptr<Function>(std::move(function));
}

}  // namespace tms::lambda
