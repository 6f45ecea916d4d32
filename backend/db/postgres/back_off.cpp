#include "backend/db/postgres/back_off.h"

#include <algorithm>

#include "backend/db/database.h"

namespace tms::db::postgres {
namespace {

using namespace std::chrono_literals;

constexpr auto kFirstPause = 100ms;
// A server that is back must be found, and a call served, within two seconds: the pause with its
// jitter, and what connecting takes on a busy machine.
constexpr auto kLongestPause = 1'000ms;

/// Up to a quarter more, from the low digits of the clock: processes that lost the same server
/// should not come back in step.
std::chrono::milliseconds with_jitter(std::chrono::milliseconds pause,
                                      std::chrono::steady_clock::time_point now) {
  return pause + pause * (now.time_since_epoch().count() / 1'000 % 256) / 1'024;
}

std::chrono::seconds whole_seconds(std::chrono::nanoseconds time) {
  return std::max(std::chrono::ceil<std::chrono::seconds>(time), std::chrono::seconds(1));
}

}  // namespace

BackOff::Attempt BackOff::begin() {
  const auto now = now_();
  const std::scoped_lock lock(mutex_);
  const bool probes = failures_ > 0;
  if (probes) {
    if (probing_ || now < next_attempt_) {
      throw Unavailable("PostgreSQL cannot be reached", whole_seconds(next_attempt_ - now));
    }
    probing_ = true;
  }
  return {*this, now, probes};
}

void BackOff::end(const Attempt& attempt) {
  const auto now = now_();
  const std::scoped_lock lock(mutex_);
  if (attempt.probes_) probing_ = false;
  if (attempt.outcome_ == Outcome::unknown) return;
  if (attempt.outcome_ == Outcome::succeeded) {
    failures_ = 0;
    last_news_ = now;
    return;
  }
  // One reset may break many attempts, and a busy machine tells each of them at another time.
  if (attempt.began_ <= last_news_) return;
  last_news_ = now;
  failures_ = std::min(failures_ + 1, 16);
  const auto pause = std::min(kFirstPause * (1 << std::min(failures_ - 1, 6)), kLongestPause);
  next_attempt_ = now + with_jitter(pause, now);
}

}  // namespace tms::db::postgres
