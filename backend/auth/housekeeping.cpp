#include "backend/auth/housekeeping.h"

#include <algorithm>

namespace tms::auth {
namespace {

constexpr db::Statement kPurgeSessions{"purge_sessions", R"sql(
delete from sessions
where expires_at <= $1
  or last_seen <= $2)sql"};

constexpr db::Statement kPurgePending{"purge_pending_signups", R"sql(
delete from pending_signups
where created_at <= $1)sql"};

// A flow may be given a new code for as long as its sign-up is kept.
constexpr db::Statement kPurgeFlows{"purge_code_flows", R"sql(
delete from code_flows
where expires_at <= $1)sql"};

constexpr db::Statement kPurgeThrottles{"purge_throttles", R"sql(
delete from throttles
where expires_at <= $1)sql"};

constexpr db::Statement kCountThrottles{"count_throttles", R"sql(
select count(*)
from throttles)sql"};

constexpr db::Statement kDropThrottles{"drop_throttles", R"sql(
delete from throttles
where bucket in (
  select bucket
  from throttles
  order by expires_at
  limit $1))sql"};

}  // namespace

void purge_expired(db::Database& database,
                   core::Timestamp now,
                   const ThrottleSettings& throttles,
                   const SessionLimits& sessions,
                   core::Deadline deadline) {
  database.write(
      [&](db::Transaction& transaction) {
        transaction.queue(kPurgeSessions, now, now - sessions.idle);
        transaction.queue(kPurgePending, now - throttles.pending_signup_life);
        transaction.queue(kPurgeFlows, now - throttles.pending_signup_life);
        transaction.queue(kPurgeThrottles, now);
        std::int64_t buckets = 0;
        transaction.query(kCountThrottles, [&](const db::Row& row) { buckets = row.integer(0); });
        const std::int64_t excess = buckets - throttles.most_buckets;
        if (excess > 0) transaction.queue(kDropThrottles, excess);
      },
      deadline);
}

}  // namespace tms::auth
