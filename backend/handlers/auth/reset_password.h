#pragma once

#include "backend/auth/code_check.h"
#include "backend/auth/password_hasher.h"
#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /reset-password: sets a new password by a code. All sessions and all other flows of the
/// account end, its login waits are over, and a mail tells of the change. Signs nobody in.
class ResetPassword final : public http::Handler {
 public:
  ResetPassword(db::Database& database,
                const core::Clock& clock,
                const auth::PasswordHasher& hasher,
                const auth::CodeCheck& codes,
                email::MailQueue& mails)
      : database_(database), clock_(clock), hasher_(hasher), codes_(codes), mails_(mails) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  [[nodiscard]] std::optional<auth::User> find_account(const auth::ProvenFlow& proven,
                                                       core::Deadline deadline) const;
  [[nodiscard]] bool set_password(const auth::ProvenFlow& proven,
                                  const auth::User& user,
                                  std::string_view password,
                                  core::Timestamp now,
                                  core::Deadline deadline) const;

  db::Database& database_;
  const core::Clock& clock_;
  const auth::PasswordHasher& hasher_;
  const auth::CodeCheck& codes_;
  email::MailQueue& mails_;
};

}  // namespace tms::handlers
