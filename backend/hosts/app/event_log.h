#pragma once

#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <variant>

namespace tms::hosts {

enum class LogLevel { debug, info, warn, error };

/// One named value of a log line. Texts may hold anything: the log escapes what could forge a line
/// or drive a terminal.
struct LogField {
  std::string_view name;
  std::variant<std::string_view, std::int64_t> value;
};

/// The event of what matters for security. A log writes it whatever its level is.
inline constexpr std::string_view kAuditEvent = "audit";

/// Where the hosts write what happened: one line per event, with named fields. Callers never pass a
/// body, a query value, a cookie, a code or a password (security checklist, row 69). Safe to use on
/// many threads; never throws.
class EventLog {
 public:
  virtual ~EventLog() = default;
  virtual void write(LogLevel level,
                     std::string_view event,
                     std::initializer_list<LogField> fields) noexcept = 0;
};

}  // namespace tms::hosts
