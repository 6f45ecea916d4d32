#include "backend/auth/throttle.h"

#include <openssl/sha.h>

#include <algorithm>
#include <array>

#include "backend/auth/client_source.h"
#include "backend/core/encoding.h"

namespace tms::auth {
namespace {

// Two servers on one database may differ so much; beyond it the clock has been set back.
constexpr std::chrono::minutes kMostSkew{1};

// $2 now, $3 end of a window that starts now, $4 the start of a window that ends now, $5 the latest
// start of a window that has really begun: one from a time that is still to come would last until
// then.
constexpr db::Statement kTake{"take_throttle", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, 1, $2, 0, $3)
on conflict (bucket) do update
set count = case
      when throttles.window_started_at <= $4 or throttles.window_started_at > $5 then 1
      else throttles.count + 1
    end,
    window_started_at = case
      when throttles.window_started_at <= $4 or throttles.window_started_at > $5 then $2
      else throttles.window_started_at
    end,
    expires_at = case
      when throttles.window_started_at <= $4 or throttles.window_started_at > $5 then $3
      else throttles.expires_at
    end
returning count, window_started_at)sql"};

constexpr db::Statement kGiveBack{"give_back_throttle", R"sql(
update throttles
set count = count - $2
where bucket = $1)sql"};

constexpr db::Statement kForget{"forget_throttle", R"sql(
delete from throttles
where bucket = $1)sql"};

}  // namespace

std::string throttle_bucket(std::string_view kind,
                            std::initializer_list<std::string_view> subject) {
  std::string joined;
  for (const std::string_view part : subject) {
    // The length keeps ("a", "bc") and ("ab", "c") apart.
    joined += std::to_string(part.size()) + ':';
    joined += part;
  }
  std::array<std::uint8_t, SHA256_DIGEST_LENGTH> digest{};
  SHA256(core::as_bytes(joined).data(), joined.size(), digest.data());
  std::string bucket(kind);
  bucket += ':';
  bucket += core::base64url_encode(std::span(digest).first(16));
  return bucket;
}

Claim signup_claim(std::string_view client_address, const ThrottleSettings& settings) {
  return {throttle_bucket("signup_source", {client_source(client_address)}),
          settings.signup_source_hour};
}

std::vector<Verdict> take(db::Transaction& transaction,
                          std::span<const Claim> claims,
                          core::Timestamp now) {
  std::vector<Verdict> verdicts(claims.size());
  for (std::size_t i = 0; i < claims.size(); ++i) {
    const Budget budget = claims[i].budget;
    const auto read = [&verdict = verdicts[i], budget, now](const db::Row& row) {
      verdict.granted = row.integer(0) <= budget.count;
      const auto left = row.timestamp(1) + budget.window - now;
      verdict.retry_after =
          std::max(std::chrono::ceil<std::chrono::seconds>(left), std::chrono::seconds(1));
    };
    transaction.queue_query(kTake, read, claims[i].bucket, now, now + budget.window,
                            now - budget.window, now + kMostSkew);
  }
  transaction.flush();
  return verdicts;
}

Verdict take(db::Transaction& transaction, const Claim& claim, core::Timestamp now) {
  return take(transaction, std::span(&claim, 1), now).front();
}

void give_back(db::Transaction& transaction, std::span<const Claim> claims, std::int64_t events) {
  for (const Claim& claim : claims)
    transaction.queue(kGiveBack, claim.bucket, events);
}

void forget(db::Transaction& transaction, const std::string& bucket) {
  transaction.queue(kForget, bucket);
}

core::Error too_many_requests(std::chrono::seconds retry_after) {
  core::Error error;
  error.code = core::ErrorCode::too_many_requests;
  error.detail.value = "Wait a little, then try again.";
  error.retry_after = retry_after;
  return error;
}

}  // namespace tms::auth
