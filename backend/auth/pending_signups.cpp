#include "backend/auth/pending_signups.h"

namespace tms::auth {
namespace {

constexpr db::Statement kInsertPending{"insert_pending_signup", R"sql(
insert into pending_signups (flow, username, username_folded, email, email_folded, password_hash, created_at)
values ($1, $2, $3, $4, $5, $6, $7))sql"};

constexpr db::Statement kFindPending{"find_pending_signup", R"sql(
select username, username_folded, email, email_folded, password_hash
from pending_signups
where flow = $1)sql"};

constexpr db::Statement kDeletePending{"delete_pending_signup", R"sql(
delete from pending_signups
where flow = $1)sql"};

}  // namespace

void insert_pending_signup(db::Transaction& transaction,
                           std::string_view flow,
                           const NewUser& user,
                           core::Timestamp now) {
  transaction.queue(kInsertPending, flow, user.username.text, user.username.folded, user.email.text,
                    user.email.folded, user.password_hash, now);
}

std::optional<NewUser> find_pending_signup(db::Transaction& transaction, std::string_view flow) {
  std::optional<NewUser> user;
  transaction.query(
      kFindPending,
      [&](const db::Row& row) {
        user = NewUser{{std::string(row.text(0)), std::string(row.text(1))},
                       {std::string(row.text(2)), std::string(row.text(3))},
                       std::string(row.text(4))};
      },
      flow);
  return user;
}

void delete_pending_signup(db::Transaction& transaction, std::string_view flow) {
  transaction.queue(kDeletePending, flow);
}

}  // namespace tms::auth
