#pragma once

#include <string>

#include "backend/hosts/app/event_log.h"

namespace tms::hosts {

/// Writes lines as JsonLog does, to the log of the system (syslog, facility authpriv, which Debian
/// keeps in the journal and for its administrators alone), because a command's standard error is
/// kept by nobody. Where that is no terminal the lines go there, too: a container has no syslog.
class SystemLog final : public EventLog {
 public:
  SystemLog();
  ~SystemLog() override;
  SystemLog(const SystemLog&) = delete;
  SystemLog& operator=(const SystemLog&) = delete;

  void write(LogLevel level,
             std::string_view event,
             std::initializer_list<LogField> fields) noexcept override;
};

/// The person at the console: whoever logged in, also behind sudo (proc(5), loginuid), else the user
/// that the process runs as. A number where it has no name.
std::string operator_name();

}  // namespace tms::hosts
