#pragma once

#include <chrono>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/throttle_settings.h"
#include "backend/core/error.h"
#include "backend/db/database.h"

namespace tms::auth {

/// The name of a counter: what is counted and for whom. The subject is hashed, so that a name has
/// one length and holds no address.
std::string throttle_bucket(std::string_view kind, std::initializer_list<std::string_view> subject);

/// One event to be counted against a budget.
struct Claim {
  std::string bucket;
  Budget budget;
};

/// A try at a user name, by a sign-up or by its confirmation, against the budget of its source.
Claim signup_claim(std::string_view client_address, const ThrottleSettings& settings);

struct Verdict {
  bool granted = false;
  /// Until the window ends; at least a second.
  std::chrono::seconds retry_after{1};
};

/// Counts one event in each bucket, in one round trip, and says of each whether it was within its
/// budget. Counters live in the database, so that every server and every restart sees them; the
/// row stays locked until the transaction ends, so that parallel calls cannot slip through. Call it
/// with buckets in one order everywhere.
std::vector<Verdict> take(db::Transaction& transaction,
                          std::span<const Claim> claims,
                          core::Timestamp now);

Verdict take(db::Transaction& transaction, const Claim& claim, core::Timestamp now);

/// Takes back `events` (0 or 1) of what take() counted in the same transaction. With 0 it does the
/// same work for nothing, so that time tells nothing.
void give_back(db::Transaction& transaction, std::span<const Claim> claims, std::int64_t events);

/// The counter starts anew.
void forget(db::Transaction& transaction, const std::string& bucket);

/// 429 too_many_requests with Retry-After.
core::Error too_many_requests(std::chrono::seconds retry_after);

}  // namespace tms::auth
