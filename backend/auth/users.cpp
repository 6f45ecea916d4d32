#include "backend/auth/users.h"

#include "backend/core/static_text.h"
#include "backend/core/uuid.h"

namespace tms::auth {
namespace {

constexpr std::string_view kUserColumns =
    "select user_id, username, email, password_hash, created_at, locked_at\nfrom users\n";
constexpr std::string_view kByIdentifier = "where username_folded = $1\n  or email_folded = $1";
constexpr std::string_view kById = "where user_id = $1";

constexpr db::Statement kFindByIdentifier{"find_user_by_identifier",
                                          core::join<kUserColumns, kByIdentifier>};
constexpr db::Statement kFindById{"find_user_by_id", core::join<kUserColumns, kById>};

constexpr db::Statement kUsernameExists{"username_exists", R"sql(
select 1
from users
where username_folded = $1)sql"};

constexpr db::Statement kEmailExists{"email_exists", R"sql(
select 1
from users
where email_folded = $1)sql"};

constexpr db::Statement kInsertUser{"insert_user", R"sql(
insert into users (username, username_folded, email, email_folded, password_hash, inbox_list_id, created_at, updated_at)
values ($1, $2, $3, $4, $5, $6, $7, $7)
on conflict do nothing
returning user_id)sql"};

constexpr db::Statement kInsertInbox{"insert_inbox", R"sql(
insert into lists (list_id, name, created_at)
values ($1, 'Inbox', $2))sql"};

constexpr db::Statement kInsertOwner{"insert_owner", R"sql(
insert into list_members (user_id, list_id, role)
values ($1, $2, 'owner'))sql"};

constexpr db::Statement kReplaceHash{"replace_password_hash", R"sql(
update users
set password_hash = $3,
    updated_at = $4
where user_id = $1
  and password_hash = $2
returning user_id)sql"};

constexpr db::Statement kSetHash{"set_password_hash", R"sql(
update users
set password_hash = $2,
    updated_at = $3
where user_id = $1)sql"};

User read_user(const db::Row& row) {
  User user;
  user.user_id = row.integer(0);
  user.username = row.text(1);
  user.email = row.text(2);
  user.password_hash = row.text(3);
  user.created_at = row.timestamp(4);
  user.locked = !row.is_null(5);
  return user;
}

core::Error taken(core::ErrorCode code, std::string detail) {
  core::Error error;
  error.code = code;
  error.detail.value = std::move(detail);
  return error;
}

}  // namespace

std::optional<User> find_user(db::Transaction& transaction, std::string_view folded_identifier) {
  std::optional<User> user;
  transaction.query(
      kFindByIdentifier, [&](const db::Row& row) { user = read_user(row); }, folded_identifier);
  return user;
}

std::optional<User> find_user(db::Transaction& transaction, std::int64_t user_id) {
  std::optional<User> user;
  transaction.query(
      kFindById, [&](const db::Row& row) { user = read_user(row); }, user_id);
  return user;
}

bool username_exists(db::Transaction& transaction, std::string_view folded_username) {
  return transaction.execute(kUsernameExists, folded_username) != 0;
}

core::Result<User> create_user(db::Transaction& transaction,
                               const NewUser& user,
                               core::Random& random,
                               core::Timestamp now) {
  const core::Uuid inbox = core::Uuid::make_version_7(now, random);
  User made{.user_id = 0,
            .username = user.username.text,
            .email = user.email.text,
            .password_hash = user.password_hash,
            .created_at = now,
            .locked = false};
  const std::size_t rows = transaction.query(
      kInsertUser, [&](const db::Row& row) { made.user_id = row.integer(0); }, user.username.text,
      user.username.folded, user.email.text, user.email.folded, user.password_hash, inbox, now);
  if (rows == 0) {
    if (transaction.execute(kEmailExists, user.email.folded) != 0) {
      return taken(core::ErrorCode::email_taken, "This address already has an account. Log in.");
    }
    return taken(core::ErrorCode::username_taken, "Choose another user name.");
  }
  transaction.queue(kInsertInbox, inbox, now);
  transaction.queue(kInsertOwner, made.user_id, inbox);
  return made;
}

bool replace_password_hash(db::Transaction& transaction,
                           std::int64_t user_id,
                           std::string_view expected,
                           std::string_view replacement,
                           core::Timestamp now) {
  return transaction.execute(kReplaceHash, user_id, expected, replacement, now) != 0;
}

void set_password_hash(db::Transaction& transaction,
                       std::int64_t user_id,
                       std::string_view hash,
                       core::Timestamp now) {
  transaction.queue(kSetHash, user_id, hash, now);
}

}  // namespace tms::auth
