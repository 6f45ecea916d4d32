#include "backend/auth/login_throttle.h"

#include <algorithm>

#include "backend/auth/throttle.h"

namespace tms::auth {
namespace {

// Counts a failure unless the identifier has to wait ($2 now, $3 end of the memory, $4 end of the
// longest wait). Failures that are forgotten count no longer. A wait beyond the longest was begun by
// a clock that has been set back since; it must not lock anybody out until that time comes again.
constexpr db::Statement kCountFailure{"count_login_failure", R"sql(
insert into throttles (bucket, count, window_started_at, blocked_until, expires_at)
values ($1, 1, $2, 0, $3)
on conflict (bucket) do update
set count = case
      when throttles.expires_at <= $2 then 1
      when throttles.blocked_until > $2 and throttles.blocked_until <= $4 then throttles.count
      else throttles.count + 1
    end,
    blocked_until = case
      when throttles.expires_at <= $2 or throttles.blocked_until > $4 then 0
      else throttles.blocked_until
    end
returning count, blocked_until)sql"};

constexpr db::Statement kBlock{"block_login", R"sql(
update throttles
set blocked_until = $2,
    expires_at = $3
where bucket = $1)sql"};

std::string identifier_bucket(std::string_view identifier) {
  return throttle_bucket("login_identifier", {identifier});
}

std::string account_bucket(std::optional<std::int64_t> user_id, std::string_view identifier) {
  if (user_id) return throttle_bucket("login_account", {std::to_string(*user_id)});
  return throttle_bucket("login_account", {"unknown", identifier});
}

std::string device_bucket(std::string_view device) {
  return throttle_bucket("login_device", {device});
}

}  // namespace

std::chrono::seconds LoginThrottle::wait_after(std::int64_t failures) const {
  if (failures < settings_.login_free_failures) return std::chrono::seconds(0);
  std::chrono::seconds wait = settings_.login_first_wait;
  for (std::int64_t i = settings_.login_free_failures;
       i < failures && wait < settings_.login_longest_wait; ++i) {
    wait *= 2;
  }
  return std::min(wait, settings_.login_longest_wait);
}

std::optional<std::chrono::seconds> LoginThrottle::begin_source(db::Transaction& transaction,
                                                                std::string_view source,
                                                                core::Timestamp now) const {
  const Verdict verdict = take(
      transaction, {throttle_bucket("login_source", {source}), settings_.login_source_minute}, now);
  return verdict.granted ? std::nullopt : std::optional(verdict.retry_after);
}

bool LoginThrottle::begin_device(db::Transaction& transaction,
                                 std::string_view device,
                                 core::Timestamp now) const {
  return take(transaction, {device_bucket(device), settings_.login_device_failures}, now).granted;
}

std::optional<std::chrono::seconds> LoginThrottle::begin(db::Transaction& transaction,
                                                         std::string_view identifier,
                                                         core::Timestamp now) const {
  const std::string bucket = identifier_bucket(identifier);
  const core::Timestamp forgotten = now + settings_.login_failure_memory;
  std::int64_t failures = 0;
  core::Timestamp blocked_until;
  transaction.query(
      kCountFailure,
      [&](const db::Row& row) {
        failures = row.integer(0);
        blocked_until = row.timestamp(1);
      },
      bucket, now, forgotten, now + settings_.login_longest_wait);
  if (blocked_until > now) return std::chrono::ceil<std::chrono::seconds>(blocked_until - now);
  transaction.queue(kBlock, bucket, now + wait_after(failures), forgotten);
  return std::nullopt;
}

bool LoginThrottle::begin_account(db::Transaction& transaction,
                                  std::optional<std::int64_t> user_id,
                                  std::string_view identifier,
                                  core::Timestamp now) const {
  const Claim claim{account_bucket(user_id, identifier), settings_.login_account_failures};
  return take(transaction, claim, now).granted;
}

void LoginThrottle::succeed(db::Transaction& transaction,
                            std::int64_t user_id,
                            std::initializer_list<std::string_view> identifiers) {
  // In the order of begin() and begin_account(), or two calls could lock each other out.
  for (const std::string_view identifier : identifiers)
    forget(transaction, identifier_bucket(identifier));
  forget(transaction, account_bucket(user_id, {}));
}

void LoginThrottle::succeed_by_device(db::Transaction& transaction, std::string_view device) {
  forget(transaction, device_bucket(device));
}

}  // namespace tms::auth
