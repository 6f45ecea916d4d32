#include "backend/auth/code_check.h"

#include <algorithm>

#include "backend/auth/throttle.h"

namespace tms::auth {
namespace {

// A try is counted as a failure from the start; whoever is right uses the flow up.
constexpr db::Statement kCountTry{"count_code_try", R"sql(
update code_flows
set failures = failures + 1
where flow = $1
  and purpose = $2
  and used_at is null
  and expires_at > $3
  and failures < $4
returning generation, failures, withheld, user_id)sql"};

constexpr db::Statement kLockedFlow{"locked_code_flow", R"sql(
select next_send_at
from code_flows
where flow = $1
  and purpose = $2
  and used_at is null
  and expires_at > $3)sql"};

constexpr db::Statement kUseFlow{"use_code_flow", R"sql(
update code_flows
set used_at = $3
where flow = $1
  and generation = $2
  and used_at is null
returning flow)sql"};

constexpr db::Statement kKeepFlow{"keep_code_flow", R"sql(
update code_flows
set failures = failures - 1
where flow = $1
  and generation = $2
  and failures > 0)sql"};

struct Try {
  std::int64_t generation = 0;
  std::int64_t failures = 0;
  bool withheld = false;
  std::optional<std::int64_t> user_id;
};

core::Error code_locked(std::chrono::seconds retry_after) {
  core::Error error;
  error.code = core::ErrorCode::code_locked;
  error.detail.value = "Ask for a new code.";
  error.retry_after = retry_after;
  return error;
}

core::Error code_wrong(std::int64_t attempts_left) {
  core::Error error;
  error.code = core::ErrorCode::code_wrong;
  error.detail.value = "Compare the code with the newest mail.";
  error.extensions.emplace_back("attempts_left", std::to_string(attempts_left));
  return error;
}

}  // namespace

core::Error code_expired() {
  core::Error error;
  error.code = core::ErrorCode::code_expired;
  error.detail.value = "Ask for a new code.";
  return error;
}

core::Result<ProvenFlow> CodeCheck::check(CodePurpose purpose,
                                          std::string_view flow,
                                          std::string_view digits,
                                          std::string_view source,
                                          core::Timestamp now,
                                          core::Deadline deadline) const {
  std::optional<Try> counted;
  std::optional<core::Error> refused;
  database_.write(
      [&](db::Transaction& transaction) {
        counted.reset();
        refused.reset();
        const Claim claim{throttle_bucket("code_check_source", {source}),
                          settings_.code_check_source_minute};
        if (const Verdict verdict = take(transaction, claim, now); !verdict.granted) {
          refused = too_many_requests(verdict.retry_after);
          return;
        }
        transaction.query(
            kCountTry,
            [&](const db::Row& row) {
              counted = Try{row.integer(0), row.integer(1), row.integer(2) != 0, std::nullopt};
              if (!row.is_null(3)) counted->user_id = row.integer(3);
            },
            flow, to_string(purpose), now, settings_.code_tries);
        if (counted) return;
        refused = code_expired();
        transaction.query(
            kLockedFlow,
            [&](const db::Row& row) {
              const auto wait = std::chrono::ceil<std::chrono::seconds>(row.timestamp(0) - now);
              refused = code_locked(std::max(wait, std::chrono::seconds(1)));
            },
            flow, to_string(purpose), now);
      },
      deadline);
  if (refused) return *refused;

  const bool right = codes_.matches(purpose, flow, counted->generation, digits);
  if (!right || counted->withheld) return code_wrong(settings_.code_tries - counted->failures);
  return ProvenFlow{std::string(flow), counted->generation, counted->user_id};
}

bool CodeCheck::use(db::Transaction& transaction, const ProvenFlow& proven, core::Timestamp now) {
  return transaction.execute(kUseFlow, proven.flow, proven.generation, now) != 0;
}

void CodeCheck::keep(db::Transaction& transaction, const ProvenFlow& proven) {
  transaction.queue(kKeepFlow, proven.flow, proven.generation);
}

}  // namespace tms::auth
