#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/db/database.h"
#include "backend/validators/email_address.h"
#include "backend/validators/username.h"

namespace tms::auth {

/// A row of users, as far as signing in needs it.
struct User {
  std::int64_t user_id = 0;
  std::string username;
  std::string email;
  std::string password_hash;
  core::Timestamp created_at;
  bool locked = false;
};

/// The user with that folded user name or e-mail. No name holds an @ and every e-mail does, so
/// there is at most one.
std::optional<User> find_user(db::Transaction& transaction, std::string_view folded_identifier);

std::optional<User> find_user(db::Transaction& transaction, std::int64_t user_id);

bool username_exists(db::Transaction& transaction, std::string_view folded_username);

struct NewUser {
  validators::Username username;
  validators::EmailAddress email;
  std::string password_hash;
};

/// Creates the user and his list "Inbox" with him as its owner. Errors: email_taken (also when both
/// are), username_taken; then nothing has been written.
core::Result<User> create_user(db::Transaction& transaction,
                               const NewUser& user,
                               core::Random& random,
                               core::Timestamp now);

/// Sets the hash if it is still `expected`: a change of the password meanwhile wins. False when not.
bool replace_password_hash(db::Transaction& transaction,
                           std::int64_t user_id,
                           std::string_view expected,
                           std::string_view replacement,
                           core::Timestamp now);

/// Sets the hash whatever it was.
void set_password_hash(db::Transaction& transaction,
                       std::int64_t user_id,
                       std::string_view hash,
                       core::Timestamp now);

}  // namespace tms::auth
