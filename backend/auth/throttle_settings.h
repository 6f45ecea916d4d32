#pragma once

#include <chrono>
#include <cstdint>

namespace tms::auth {

/// At most `count` events within `window`, which starts with the first event.
struct Budget {
  std::int64_t count;
  std::chrono::seconds window;
};

/// Every number of the throttles; each is a setting. Rows are those of the security checklist.
struct ThrottleSettings {
  // One-time codes (rows 2, 4, 9).
  std::chrono::seconds code_life = std::chrono::minutes(10);
  std::int64_t code_tries = 5;
  /// The flow's own timer: resend before it answers 429.
  std::chrono::seconds resend_wait = std::chrono::seconds(60);
  /// Mails to one address asked for from one source; over it: silent, no mail.
  Budget mail_address_source_minute{1, std::chrono::seconds(60)};
  Budget mail_address_source_hour{5, std::chrono::hours(1)};
  Budget mail_address_source_day{10, std::chrono::hours(24)};
  /// Mails to one address from all sources; over it: silent, no mail.
  Budget mail_address_day{20, std::chrono::hours(24)};
  /// Requests for mail from one source; over it: 429.
  Budget mail_source_hour{20, std::chrono::hours(1)};

  // Sign-up (rows 14, 15): tries per source, because a taken user name is told; over it: 429.
  Budget signup_source_hour{60, std::chrono::hours(1)};
  /// Age at which a sign-up that was never confirmed is purged.
  std::chrono::seconds pending_signup_life = std::chrono::hours(24);

  // Codes typed, right or wrong, from one source, of any flow; over it: 429.
  Budget code_check_source_minute{60, std::chrono::minutes(1)};

  // Login (rows 25 to 27, 30).
  /// Failures of one identifier, as typed, before it has to wait.
  std::int64_t login_free_failures = 5;
  std::chrono::seconds login_first_wait = std::chrono::seconds(30);
  std::chrono::seconds login_longest_wait = std::chrono::minutes(15);
  /// After this long without a failure an identifier's count starts anew.
  std::chrono::seconds login_failure_memory = std::chrono::hours(24);
  /// Failures in a row of one account, by user name and e-mail together; over it even the right
  /// password is refused, silently, until the window ends or a reset.
  Budget login_account_failures{100, std::chrono::hours(24)};
  /// Failures of one device that has logged in to the account before; over it the device counts as
  /// an unknown one. Without the waits above it, so it bounds what a stolen cookie is worth.
  Budget login_device_failures{10, std::chrono::hours(24)};
  /// Attempts from one source; over it: 429, before anything is hashed.
  Budget login_source_minute{20, std::chrono::minutes(1)};

  // Wrong current passwords when it is changed, per account; over it: 429.
  Budget password_change_account{10, std::chrono::minutes(15)};

  /// Rows of the throttle table; above it the ones that end soonest go first, so that no flood of
  /// made-up names fills the disk.
  std::int64_t most_buckets = 1'000'000;
};

}  // namespace tms::auth
