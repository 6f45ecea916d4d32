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

/// To whom a flow's mail goes.
struct FlowRecipient {
  std::string flow;
  CodePurpose purpose = CodePurpose::signup;
  /// The folded e-mail, which mail budgets count.
  std::string subject;
  std::int64_t generation = 0;
  /// The account that the address has now; a locked one counts as none.
  std::optional<std::int64_t> user_id;
  /// Address and name as mails write them: the account's, else the sign-up's, else the subject.
  std::string email;
  std::string username;

  /// Whether a code may be mailed: a sign-up for a free address, or a reset of an account.
  [[nodiscard]] bool deserves_code() const {
    return user_id.has_value() == (purpose == CodePurpose::reset);
  }
};

/// Claims the flow's turn to send: from now on until `resend_wait` has passed nobody else may.
/// Errors: code_expired for a flow that is unknown, used or too old, too_many_requests before its time.
core::Result<FlowRecipient> claim_resend(db::Transaction& transaction,
                                         std::string_view flow,
                                         const ThrottleSettings& settings,
                                         core::Timestamp now);

/// The old code ends; a new one, with tries of its own, lives until `expires_at`. `withheld`: none
/// is mailed, so none is accepted.
void renew_code(db::Transaction& transaction,
                std::string_view flow,
                bool withheld,
                core::Timestamp expires_at);

}  // namespace tms::auth
