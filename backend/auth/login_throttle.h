#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "backend/auth/throttle_settings.h"
#include "backend/db/database.h"

namespace tms::auth {

/// Slows guessing at passwords (rows 25 to 30 of the security checklist). An attempt counts as a
/// failure before the password is looked at, in a transaction that commits whatever comes, so that
/// neither parallel guesses nor a crash are free; success takes the count away.
class LoginThrottle {
 public:
  explicit LoginThrottle(const ThrottleSettings& settings) : settings_(settings) {}

  // Each counts one attempt. Where a time to wait comes back, nothing may be hashed.

  /// Of this source, whatever name it types.
  [[nodiscard]] std::optional<std::chrono::seconds> begin_source(db::Transaction& transaction,
                                                                 std::string_view source,
                                                                 core::Timestamp now) const;

  /// Of a device that has logged in to the account before (DeviceCookie). True: the attempt is
  /// counted here and neither at the name nor at the account. False: the device failed too often
  /// and counts as an unknown one.
  [[nodiscard]] bool begin_device(db::Transaction& transaction,
                                  std::string_view device,
                                  core::Timestamp now) const;

  /// At this identifier (folded, as typed). Says the same for names that do not exist.
  [[nodiscard]] std::optional<std::chrono::seconds> begin(db::Transaction& transaction,
                                                          std::string_view identifier,
                                                          core::Timestamp now) const;

  /// Counts an attempt at the account, whichever of its names was typed; false when there were too
  /// many failures in a row: then even the right password is answered like a wrong one, after the
  /// same work. Without an account a counter of the identifier is kept in its place.
  [[nodiscard]] bool begin_account(db::Transaction& transaction,
                                   std::optional<std::int64_t> user_id,
                                   std::string_view identifier,
                                   core::Timestamp now) const;

  /// The counts of the account and of these names of it start anew.
  static void succeed(db::Transaction& transaction,
                      std::int64_t user_id,
                      std::initializer_list<std::string_view> identifiers);

  /// The count of the device starts anew; what others failed at the account stays counted.
  static void succeed_by_device(db::Transaction& transaction, std::string_view device);

  /// The wait after that many failures of one identifier: none, then doubling up to the longest.
  [[nodiscard]] std::chrono::seconds wait_after(std::int64_t failures) const;

 private:
  const ThrottleSettings& settings_;
};

}  // namespace tms::auth
