#pragma once

#include "backend/auth/code_check.h"
#include "backend/auth/device_cookie.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/sign_in.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"
#include "backend/validators/username.h"

namespace tms::handlers {

/// POST /verify-otp: confirms a sign-up. In one transaction the code is used up, the account, its
/// list and a session made; the answer sets the session's cookie and that of a known device.
class VerifyOtp final : public http::Handler {
 public:
  VerifyOtp(db::Database& database,
            const core::Clock& clock,
            core::Random& random,
            const auth::CodeCheck& codes,
            const auth::SignIn& sign_in,
            const auth::DeviceCookie* devices,
            const auth::PasswordHasher* hasher,
            const auth::ThrottleSettings& settings)
      : database_(database),
        clock_(clock),
        random_(random),
        codes_(codes),
        sign_in_(sign_in),
        devices_(devices),
        hasher_(hasher),
        settings_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

  /// With another user name in the body, which is compared with the password.
  [[nodiscard]] bool may_hash(const http::Request& request) const override;

 private:
  [[nodiscard]] std::optional<core::Error> count_name(const http::Request& request,
                                                      const auth::ProvenFlow& proven,
                                                      core::Timestamp now) const;
  [[nodiscard]] std::optional<core::Error> compare_with_password(
      const validators::Username& username,
      const auth::ProvenFlow& proven,
      core::Deadline deadline) const;

  db::Database& database_;
  const core::Clock& clock_;
  core::Random& random_;
  const auth::CodeCheck& codes_;
  const auth::SignIn& sign_in_;
  /// Null where the key is not at hand: then this browser is not known later.
  const auth::DeviceCookie* devices_;
  /// Null where the key is not at hand: then another name is not compared with the password.
  const auth::PasswordHasher* hasher_;
  const auth::ThrottleSettings& settings_;
};

}  // namespace tms::handlers
