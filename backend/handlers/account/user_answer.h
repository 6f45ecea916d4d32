#pragma once

#include <string>

#include "backend/auth/users.h"
#include "backend/http/response.h"

namespace tms::handlers {

/// 200 `{user: {user_id, username, email, created_at}}`, and nothing else of the row.
http::Response user_answer(const auth::User& user);

}  // namespace tms::handlers
