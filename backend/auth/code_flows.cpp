#include "backend/auth/code_flows.h"

namespace tms::auth {
namespace {

constexpr db::Statement kBeginFlow{"begin_code_flow", R"sql(
insert into code_flows (flow, purpose, subject, user_id, withheld, generation, failures, next_send_at, created_at, expires_at)
values ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9))sql"};

constexpr db::Statement kEndFlowsOf{"end_code_flows_of", R"sql(
update code_flows
set used_at = $2
where user_id = $1
  and used_at is null)sql"};

}  // namespace

void begin_flow(db::Transaction& transaction, const CodeFlow& flow) {
  transaction.queue(kBeginFlow, flow.flow, to_string(flow.purpose), flow.subject, flow.user_id,
                    flow.withheld ? 1 : 0, flow.generation, flow.next_send_at, flow.created_at,
                    flow.expires_at);
}

void end_flows_of(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now) {
  transaction.queue(kEndFlowsOf, user_id, now);
}

}  // namespace tms::auth
