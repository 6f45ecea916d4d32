#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "backend/hosts/app/event_log.h"
#include "backend/http/request.h"
#include "backend/http/response.h"
#include "backend/http/route_table.h"

namespace tms::hosts {

/// Writes what matters for security as lines of the event `audit` (checklist, row 69): `name` says
/// what happened, docs/operations.md lists the names. Every line has the same fields: `user_id` is 0
/// when nobody is known; `subject` stands for the name or address that was typed and `flow` for a
/// sign-up or reset, both as keyed pseudonyms, so that lines can be connected and no address can be
/// read or guessed from them. Safe to use on many threads.
class AuditLog {
 public:
  /// `key` is secret. With another key the same address has another pseudonym, and with none (a
  /// Lambda function that holds no key) no pseudonym at all: who guesses addresses could check them.
  AuditLog(EventLog& log, std::vector<std::uint8_t> key) : log_(log), key_(std::move(key)) {}

  /// To be called when the response is final, that is when what it tells is durable. `route` is null
  /// for what is no call of the API.
  void note(const http::Route* route,
            const http::Request& request,
            const http::Response& response) const noexcept;

  /// 16 hexadecimal digits; empty for an empty text or key.
  [[nodiscard]] std::string pseudonym(std::string_view text) const;

 private:
  EventLog& log_;
  const std::vector<std::uint8_t> key_;
};

}  // namespace tms::hosts
