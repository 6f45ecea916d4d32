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

  /// Counts an attempt of this source at this identifier (folded, as typed). Returns how long the
  /// caller has to wait; then nothing may be hashed. Says the same for names that do not exist.
  [[nodiscard]] std::optional<std::chrono::seconds> begin(db::Transaction& transaction,
                                                          std::string_view identifier,
                                                          std::string_view source,
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

  /// The wait after that many failures of one identifier: none, then doubling up to the longest.
  [[nodiscard]] std::chrono::seconds wait_after(std::int64_t failures) const;

 private:
  const ThrottleSettings& settings_;
};

}  // namespace tms::auth
