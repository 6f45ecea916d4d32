#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::auth {

/// What an operator sees of a user.
struct UserSummary {
  std::int64_t user_id = 0;
  std::string username;
  std::string email;
  core::Timestamp created_at;
  bool locked = false;
  std::int64_t sessions = 0;
};

/// Every user, oldest first.
void list_users(db::Transaction& transaction, const std::function<void(const UserSummary&)>& visit);

/// Locks the account and ends its sessions at once. Locking twice keeps the first time.
void lock_user(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now);

void unlock_user(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now);

/// Deletes the user, his sessions and flows, and every list that nobody else is a member of, with its
/// tasks. What he made in other people's lists stays.
void delete_user(db::Transaction& transaction, std::int64_t user_id);

}  // namespace tms::auth
