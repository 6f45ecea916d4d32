#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "backend/core/clock.h"
#include "backend/db/database.h"

namespace tms::email {

/// Which text goes out. `nothing` is queued for unknown or withheld addresses, so that they cost
/// the same writes as known ones; it is dropped when its turn comes.
enum class MailKind { signup_code, already_registered, reset_code, password_changed, nothing };

/// The column `kind` of the outbox.
std::string_view to_string(MailKind kind);
std::optional<MailKind> parse_mail_kind(std::string_view text);

/// One mail to send: which flow and why, never the code (it is computed when the mail is written).
struct MailJob {
  MailKind kind = MailKind::nothing;
  /// The code flow of signup_code and reset_code; empty otherwise.
  std::string flow;
  std::int64_t generation = 0;
  std::string recipient;
  /// How the mail greets; may be empty.
  std::string username;
  /// The mail is dropped after this: an expired code is not sent.
  core::Timestamp expires_at;
};

/// Takes mails inside the transaction that causes them. The server's is the outbox table; on AWS
/// it hands over to the function send_mail after the commit.
class MailQueue {
 public:
  virtual ~MailQueue() = default;
  virtual void enqueue(db::Transaction& transaction, const MailJob& job) = 0;
};

}  // namespace tms::email
