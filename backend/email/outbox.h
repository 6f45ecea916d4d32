#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "backend/core/clock.h"
#include "backend/db/database.h"
#include "backend/email/mail_queue.h"

namespace tms::email {

/// A mail whose turn has come.
struct DueMail {
  std::int64_t outbox_id = 0;
  MailJob job;
  /// Tries so far, this one included.
  std::int64_t attempts = 0;
  /// A newer code was asked for, or the flow has ended: the mail would only confuse.
  bool outdated = false;
};

/// The durable queue of mails: table `outbox`. Safe on many threads and for several servers on
/// one database.
class Outbox final : public MailQueue {
 public:
  /// How long a claimed mail is kept from other servers: longer than one try can take.
  static constexpr std::chrono::seconds kClaim{120};

  /// `wake` is called after each commit that queued a mail.
  Outbox(const core::Clock& clock, std::function<void()> wake)
      : clock_(clock), wake_(std::move(wake)) {}

  void enqueue(db::Transaction& transaction, const MailJob& job) override;

  /// Takes the oldest due mail and counts the try, or nothing when none is due.
  std::optional<DueMail> claim_due(db::Database& database) const;

  void mark_sent(db::Database& database, std::int64_t outbox_id) const;
  void mark_expired(db::Database& database, std::int64_t outbox_id) const;
  void mark_failed(db::Database& database, std::int64_t outbox_id, const std::string& reason) const;
  void retry_at(db::Database& database,
                std::int64_t outbox_id,
                core::Timestamp when,
                const std::string& reason) const;

  /// Forgets mails that ended before `before`: nobody needs the addresses any longer.
  static void purge(db::Database& database, core::Timestamp before);

 private:
  void end(db::Database& database,
           std::int64_t outbox_id,
           const char* state,
           const std::string& reason) const;

  const core::Clock& clock_;
  std::function<void()> wake_;
};

}  // namespace tms::email
