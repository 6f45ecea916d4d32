#pragma once

#include <optional>
#include <string>

#include "backend/auth/password_hasher.h"
#include "backend/auth/session_check.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"
#include "backend/handlers/account/session_user.h"
#include "backend/http/handler.h"

namespace tms::handlers {

/// POST /me/password: changes the password of one who is signed in and knows the current one. This
/// session stays, all others end, codes asked for before are worth nothing, and a mail tells of it.
class ChangePassword final : public http::Handler {
 public:
  ChangePassword(db::Database& database,
                 const auth::SessionCheck& sessions,
                 const auth::PasswordHasher& hasher,
                 email::MailQueue& mails,
                 const auth::ThrottleSettings& settings)
      : database_(database),
        sessions_(sessions),
        hasher_(hasher),
        mails_(mails),
        settings_(settings) {}

  [[nodiscard]] http::Response handle(const http::Request& request) const override;

 private:
  [[nodiscard]] core::Result<SessionUser> begin(const auth::SessionParameters& session,
                                                core::Deadline deadline) const;
  [[nodiscard]] std::optional<core::Error> change(const auth::SessionParameters& session,
                                                  const auth::User& user,
                                                  const std::string& hash,
                                                  core::Deadline deadline) const;

  db::Database& database_;
  const auth::SessionCheck& sessions_;
  const auth::PasswordHasher& hasher_;
  email::MailQueue& mails_;
  const auth::ThrottleSettings& settings_;
};

}  // namespace tms::handlers
