#pragma once

#include "backend/auth/code_check.h"
#include "backend/auth/sign_in.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /verify-otp: confirms a sign-up. In one transaction the code is used up, the account, its
/// list and a session made; the answer sets the cookie.
class VerifyOtp final : public http::Handler {
 public:
  VerifyOtp(db::Database& database,
            const core::Clock& clock,
            core::Random& random,
            const auth::CodeCheck& codes,
            const auth::SignIn& sign_in)
      : database_(database), clock_(clock), random_(random), codes_(codes), sign_in_(sign_in) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const core::Clock& clock_;
  core::Random& random_;
  const auth::CodeCheck& codes_;
  const auth::SignIn& sign_in_;
};

}  // namespace tms::handlers
