#pragma once

#include <iosfwd>
#include <string>

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// `tms user …`: what an operator does to accounts without the page. On SQLite the server must be
/// stopped, because one process owns the file.
struct UserCommand {
  enum class Action { none, list, create, set_password, lock, unlock, remove };
  Action action = Action::none;
  /// The user name, or for existing users the e-mail.
  std::string name = {};
  std::string email = {};
  /// remove: do not ask.
  bool yes = false;
};

/// Where a command reads and writes. Passwords are read as one line of `in`; on a terminal after a
/// prompt and without echo.
struct Console {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  bool is_terminal = false;
};

/// Who runs the command, and where it is written down what he did: a line of the event `audit` for
/// each change, when it is durable.
struct Witness {
  EventLog& log;
  /// His name on this machine.
  std::string operator_name;
};

/// Runs the command; the process's exit code: 0 done, 1 refused with a line on `err`. Throws what the
/// database throws.
int run_user_command(const UserCommand& command,
                     const Settings& settings,
                     const core::Clock& clock,
                     core::Random& random,
                     Console& console,
                     const Witness& witness);

}  // namespace tms::hosts
