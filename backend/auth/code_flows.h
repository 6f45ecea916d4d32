#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/auth/one_time_codes.h"
#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::auth {

/// A row of code_flows: one sign-up or reset that was begun. Requests for unknown or taken
/// addresses have the same row, withheld.
struct CodeFlow {
  std::string flow;
  CodePurpose purpose = CodePurpose::signup;
  /// The folded e-mail.
  std::string subject;
  /// The account of a reset; nothing for sign-ups and unknown addresses.
  std::optional<std::int64_t> user_id;
  /// No mail went out, so no code is accepted.
  bool withheld = false;
  std::int64_t generation = 1;
  core::Timestamp next_send_at;
  core::Timestamp created_at;
  core::Timestamp expires_at;
};

void begin_flow(db::Transaction& transaction, const CodeFlow& flow);

/// Every flow of that account ends: its password was changed.
void end_flows_of(db::Transaction& transaction, std::int64_t user_id, core::Timestamp now);

}  // namespace tms::auth
