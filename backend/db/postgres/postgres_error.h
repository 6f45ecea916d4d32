#pragma once

#include <string>
#include <string_view>

#include "backend/db/database.h"

namespace tms::db::postgres {

/// The connection ended under the transaction, by the network, a restart or an idle limit.
class ConnectionLost : public Unavailable {
 public:
  explicit ConnectionLost(const std::string& log_text)
      : Unavailable(log_text, std::chrono::seconds(1)) {}
};

/// The server gave up this transaction in favour of another one (deadlock, serialization): it has
/// changed nothing and may be run again.
class Conflict : public Unavailable {
 public:
  explicit Conflict(const std::string& log_text)
      : Unavailable(log_text, std::chrono::seconds(1), Reason::overloaded) {}
};

/// What the server or libpq said about a statement. Without an SQLSTATE it is the connection that
/// failed.
struct ServerError {
  std::string sqlstate;
  std::string message;
};

/// After this error the connection must not be used again.
bool is_fatal_for_connection(std::string_view sqlstate);

/// The server answers, but trying again does not help: wrong password, no such database or role.
bool is_hopeless(std::string_view sqlstate);

/// Throws what the error means: ConnectionLost, Conflict, Unavailable or StatementFailed.
[[noreturn]] void throw_error(const ServerError& error, std::string_view doing);

}  // namespace tms::db::postgres
