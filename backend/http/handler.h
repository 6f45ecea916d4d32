#pragma once

#include "backend/http/request.h"
#include "backend/http/response.h"

namespace tms::http {

/// One action. Built once with what it needs, safe to call on many threads, synchronous: it returns
/// its response, so it cannot forget to answer or answer twice. Throws only for the unexpected;
/// the dispatcher makes that one 500 (or 503 for a database that cannot be reached).
class Handler {
 public:
  virtual ~Handler() = default;
  [[nodiscard]] virtual Response handle(const Request& request) const = 0;

  /// Whether this very request may hash a password although its route is light: the host then runs
  /// it where passwords are hashed. Asked before `handle`, on a thread that must not wait.
  [[nodiscard]] virtual bool may_hash(const Request& /*request*/) const { return false; }

  /// Adds what an answer has to have although the action failed outside of `handle`: on SQLite the
  /// commit comes after it, and is shared with others.
  virtual void complete_failure(Response& /*response*/) const {}
};

}  // namespace tms::http
