#pragma once

#include "backend/auth/users.h"
#include "backend/core/clock.h"
#include "backend/email/mail_queue.h"

namespace tms::handlers {

/// The notice that goes to the owner after each change of a password (ASVS 6.3.7).
email::MailJob password_changed_mail(const auth::User& user, core::Timestamp now);

}  // namespace tms::handlers
