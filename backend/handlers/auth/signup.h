#pragma once

#include "backend/auth/mail_budget.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/throttle_settings.h"
#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /signup: begins a sign-up and mails a code. It reserves nothing; a taken address gets the
/// same answer after the same work, and its owner a notice. A taken user name is told at once.
class Signup final : public http::Handler {
 public:
  Signup(db::Database& database,
         const core::Clock& clock,
         core::Random& random,
         const auth::PasswordHasher& hasher,
         email::MailQueue& mails,
         const auth::ThrottleSettings& settings)
      : database_(database),
        clock_(clock),
        random_(random),
        hasher_(hasher),
        mails_(mails),
        settings_(settings),
        mail_budget_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  [[nodiscard]] std::optional<core::Error> refuse_name(const http::Request& request,
                                                       const validators::Username& username,
                                                       core::Timestamp now) const;

  db::Database& database_;
  const core::Clock& clock_;
  core::Random& random_;
  const auth::PasswordHasher& hasher_;
  email::MailQueue& mails_;
  const auth::ThrottleSettings& settings_;
  auth::MailBudget mail_budget_;
};

}  // namespace tms::handlers
