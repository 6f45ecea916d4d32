#include "backend/handlers/auth/password_changed.h"

namespace tms::handlers {
namespace {

/// Worth sending late, should the mail server be away for days.
constexpr std::chrono::hours kWorthSending{72};

}  // namespace

email::MailJob password_changed_mail(const auth::User& user, core::Timestamp now) {
  return {.kind = email::MailKind::password_changed,
          .flow = {},
          .generation = 0,
          .recipient = user.email,
          .username = user.username,
          .expires_at = now + kWorthSending};
}

}  // namespace tms::handlers
