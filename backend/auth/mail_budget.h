#pragma once

#include <chrono>
#include <optional>
#include <string_view>

#include "backend/auth/throttle_settings.h"
#include "backend/db/database.h"

namespace tms::auth {

/// How many mails may be asked for (row 9 of the security checklist). The budget of the source
/// is told to the caller; those of the address are silent, because they would tell that somebody
/// asks for mails there.
class MailBudget {
 public:
  explicit MailBudget(const ThrottleSettings& settings) : settings_(settings) {}

  struct Answer {
    /// Set when the source has asked too often: answer 429.
    std::optional<std::chrono::seconds> retry_after;
    /// No mail may go out: answer as if it did.
    bool withheld = false;
  };

  /// Counts one mail to `folded_email` in the caller's transaction, before its other writes. A mail
  /// withheld spends nothing of the address's budgets. On `retry_after` the caller rolls back.
  [[nodiscard]] Answer ask(db::Transaction& transaction,
                           std::string_view folded_email,
                           std::string_view source,
                           core::Timestamp now) const;

 private:
  const ThrottleSettings& settings_;
};

}  // namespace tms::auth
