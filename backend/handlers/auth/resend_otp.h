#pragma once

#include "backend/auth/mail_budget.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /resend-otp: mails a new code for a flow and ends the old one. An expired code may be
/// replaced; a flow that was used or is a day old may not. A resend that the budget of the address
/// withholds answers the same and leaves the flow's code as it was.
class ResendOtp final : public http::Handler {
 public:
  ResendOtp(db::Database& database,
            const core::Clock& clock,
            email::MailQueue& mails,
            const auth::ThrottleSettings& settings)
      : database_(database),
        clock_(clock),
        mails_(mails),
        settings_(settings),
        mail_budget_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  db::Database& database_;
  const core::Clock& clock_;
  email::MailQueue& mails_;
  const auth::ThrottleSettings& settings_;
  auth::MailBudget mail_budget_;
};

}  // namespace tms::handlers
