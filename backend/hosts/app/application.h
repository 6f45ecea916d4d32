#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string_view>

#include "backend/auth/code_check.h"
#include "backend/auth/device_cookie.h"
#include "backend/auth/one_time_codes.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/session_check.h"
#include "backend/auth/session_cookie.h"
#include "backend/auth/sign_in.h"
#include "backend/auth/throttle_settings.h"
#include "backend/auth/token.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/http/handler.h"

namespace tms::hosts {

/// What handlers are built from; everything outlives the Application.
struct Services {
  db::Database& database;
  const core::Clock& clock;
  core::Random& random;
  const auth::TokenVerifier& verifier;
  const auth::SessionCookie& cookie;
  auth::SessionLimits sessions;
  const auth::ThrottleSettings& throttles;
  // Null where this process does not hold the key or the right: each Lambda function has its own.
  email::MailQueue* mails = nullptr;
  const auth::PasswordHasher* hasher = nullptr;
  const auth::OneTimeCodes* codes = nullptr;
  const auth::TokenIssuer* issuer = nullptr;
  /// Null: every login waits like that of an unknown device.
  const auth::DeviceCookie* devices = nullptr;
};

/// Every handler, made once: the one place where actions meet their classes.
class Application {
 public:
  /// Makes the handler of each action whose services are there.
  explicit Application(const Services& services);
  ~Application();
  Application(const Application&) = delete;
  Application& operator=(const Application&) = delete;

  /// Null for unknown actions and for those that lack a service here.
  [[nodiscard]] const http::Handler* handler(std::string_view action) const;

 private:
  void add_sign_up_and_in(const Services& services);
  void add_account(const Services& services);
  void add_tasks(const Services& services);

  template <class Handler, class... Dependencies>
  void add(std::string_view action, Dependencies&&... dependencies) {
    handlers_.emplace(action,
                      std::make_unique<Handler>(std::forward<Dependencies>(dependencies)...));
  }

  auth::SessionCheck session_check_;
  std::optional<auth::CodeCheck> code_check_;
  std::optional<auth::SignIn> sign_in_;
  std::map<std::string_view, std::unique_ptr<http::Handler>> handlers_;
};

}  // namespace tms::hosts
