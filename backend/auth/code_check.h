#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/auth/one_time_codes.h"
#include "backend/auth/throttle_settings.h"
#include "backend/core/result.h"
#include "backend/db/database.h"

namespace tms::auth {

/// A flow whose code was right. Nothing is used up yet.
struct ProvenFlow {
  std::string flow;
  std::int64_t generation = 0;
  std::optional<std::int64_t> user_id;
};

/// Checks one-time codes (rows 2 to 8 of the security checklist). Safe on many threads.
class CodeCheck {
 public:
  CodeCheck(db::Database& database, const OneTimeCodes& codes, const ThrottleSettings& settings)
      : database_(database), codes_(codes), settings_(settings) {}

  /// Counts a try in a transaction of its own, which commits before the code is compared, so that
  /// neither parallel tries nor a crash are free. Errors: code_wrong with `attempts_left`,
  /// code_expired (expired, used, unknown, of another purpose), code_locked and too_many_requests,
  /// both with Retry-After.
  [[nodiscard]] core::Result<ProvenFlow> check(CodePurpose purpose,
                                               std::string_view flow,
                                               std::string_view digits,
                                               std::string_view source,
                                               core::Timestamp now,
                                               core::Deadline deadline) const;

  /// Uses the flow up; false when another call did so first, or asked for a new code.
  [[nodiscard]] static bool use(db::Transaction& transaction,
                                const ProvenFlow& proven,
                                core::Timestamp now);

  /// The code was right but something else was not: the try does not count. For a transaction that
  /// has not used the flow up.
  static void keep(db::Transaction& transaction, const ProvenFlow& proven);

 private:
  db::Database& database_;
  const OneTimeCodes& codes_;
  const ThrottleSettings& settings_;
};

/// 410: expired, used, unknown, or of another purpose.
core::Error code_expired();

}  // namespace tms::auth
