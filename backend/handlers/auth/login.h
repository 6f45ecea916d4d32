#pragma once

#include <optional>
#include <string>

#include "backend/auth/device_cookie.h"
#include "backend/auth/login_throttle.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/sign_in.h"
#include "backend/auth/throttle_settings.h"
#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /login: user name or e-mail, and password. An unknown name, a wrong password, a locked
/// account and one with too many failures get the same 401 after the same work. A browser that has
/// logged in to the account before is spared the waits that others' failures caused.
class Login final : public http::Handler {
 public:
  Login(db::Database& database,
        const core::Clock& clock,
        const auth::PasswordHasher& hasher,
        const auth::SignIn& sign_in,
        const auth::DeviceCookie* devices,
        const auth::ThrottleSettings& settings)
      : database_(database),
        clock_(clock),
        hasher_(hasher),
        sign_in_(sign_in),
        devices_(devices),
        throttle_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  struct Attempt {
    /// How long the caller has to wait before the next try; then nothing else is set.
    std::optional<std::chrono::seconds> retry_after;
    std::optional<auth::User> user;
    /// The device, when it is known and counted in place of name and account.
    std::optional<std::string> device;
    /// Whether the right password would do.
    bool may_succeed = false;
  };

  [[nodiscard]] Attempt begin(const http::Request& request,
                              const std::string& identifier,
                              core::Timestamp now) const;
  void begin_account(db::Transaction& transaction,
                     Attempt& attempt,
                     const std::string& identifier,
                     core::Timestamp now) const;
  [[nodiscard]] std::optional<std::string> rehash(const http::Request& request,
                                                  const std::string& password) const;

  db::Database& database_;
  const core::Clock& clock_;
  const auth::PasswordHasher& hasher_;
  const auth::SignIn& sign_in_;
  /// Null where the key is not at hand: then no device is known.
  const auth::DeviceCookie* devices_;
  auth::LoginThrottle throttle_;
};

}  // namespace tms::handlers
