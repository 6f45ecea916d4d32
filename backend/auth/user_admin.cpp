#include "backend/auth/user_admin.h"

#include "backend/auth/sessions.h"

namespace tms::auth {
namespace {

constexpr db::Statement kListUsers{"list_users", R"sql(
select u.user_id, u.username, u.email, u.created_at, u.locked_at, count(s.session_id)
from users u
left join sessions s on s.user_id = u.user_id
group by u.user_id, u.username, u.email, u.created_at, u.locked_at
order by u.user_id)sql"};

constexpr db::Statement kLockUser{"lock_user", R"sql(
update users
set locked_at = $2,
    updated_at = $2
where user_id = $1
  and locked_at is null)sql"};

constexpr db::Statement kUnlockUser{"unlock_user", R"sql(
update users
set locked_at = null,
    updated_at = $2
where user_id = $1)sql"};

constexpr db::Statement kDeleteListsOfOneMember{"delete_lists_of_one_member", R"sql(
delete from lists
where list_id in (
    select list_id
    from list_members
    where user_id = $1)
  and not exists (
    select 1
    from list_members other
    where other.list_id = lists.list_id
      and other.user_id <> $1))sql"};

constexpr db::Statement kDeleteUser{"delete_user", R"sql(
delete from users
where user_id = $1)sql"};

}  // namespace

void list_users(db::Transaction& transaction,
                const std::function<void(const UserSummary&)>& visit) {
  transaction.query(kListUsers, [&](const db::Row& row) {
    visit({row.integer(0), std::string(row.text(1)), std::string(row.text(2)), row.timestamp(3),
           !row.is_null(4), row.integer(5)});
  });
}

void lock_user(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now) {
  transaction.queue(kLockUser, user_id, now);
  end_sessions_of(transaction, user_id);
}

void unlock_user(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now) {
  transaction.queue(kUnlockUser, user_id, now);
}

void delete_user(db::Transaction& transaction, std::int64_t user_id) {
  transaction.queue(kDeleteListsOfOneMember, user_id);
  transaction.queue(kDeleteUser, user_id);
}

}  // namespace tms::auth
