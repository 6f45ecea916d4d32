#include "backend/auth/mail_budget.h"

#include <algorithm>
#include <array>
#include <span>

#include "backend/auth/throttle.h"

namespace tms::auth {

MailBudget::Answer MailBudget::ask(db::Transaction& transaction,
                                   std::string_view folded_email,
                                   std::string_view source,
                                   core::Timestamp now) const {
  const std::array<Claim, 5> claims{{
      {throttle_bucket("mail_source_hour", {source}), settings_.mail_source_hour},
      {throttle_bucket("mail_minute", {folded_email, source}),
       settings_.mail_address_source_minute},
      {throttle_bucket("mail_hour", {folded_email, source}), settings_.mail_address_source_hour},
      {throttle_bucket("mail_day", {folded_email, source}), settings_.mail_address_source_day},
      {throttle_bucket("mail_address_day", {folded_email}), settings_.mail_address_day},
  }};
  const auto verdicts = take(transaction, claims, now);
  if (!verdicts.front().granted) return {verdicts.front().retry_after, true};

  const bool withheld = std::any_of(verdicts.begin() + 1, verdicts.end(),
                                    [](const Verdict& v) { return !v.granted; });
  give_back(transaction, std::span(claims).subspan(1), withheld ? 1 : 0);
  return {std::nullopt, withheld};
}

}  // namespace tms::auth
