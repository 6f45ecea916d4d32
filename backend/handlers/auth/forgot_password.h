#pragma once

#include "backend/auth/mail_budget.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /forgot-password: begins a reset and mails a code. An address without an account gets the
/// same answer after the same writes, and a flow that accepts no code.
class ForgotPassword final : public http::Handler {
 public:
  ForgotPassword(db::Database& database,
                 const core::Clock& clock,
                 core::Random& random,
                 email::MailQueue& mails,
                 const auth::ThrottleSettings& settings)
      : database_(database),
        clock_(clock),
        random_(random),
        mails_(mails),
        settings_(settings),
        mail_budget_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const core::Clock& clock_;
  core::Random& random_;
  email::MailQueue& mails_;
  const auth::ThrottleSettings& settings_;
  auth::MailBudget mail_budget_;
};

}  // namespace tms::handlers
