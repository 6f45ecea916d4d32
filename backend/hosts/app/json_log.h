#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "backend/hosts/app/event_log.h"

namespace spdlog {
class logger;
}

namespace tms::hosts {

/// The text with everything escaped that a terminal or a line reader could take for more than text:
/// control characters (C0, DEL, C1) and bytes that are no UTF-8 become `\xNN`.
std::string printable(std::string_view text);

/// One JSON object without a line end: time (UTC), level, event, then the fields.
std::string json_line(LogLevel level,
                      std::string_view event,
                      std::initializer_list<LogField> fields);

/// Writes one JSON object per line to standard error, as json_line makes it.
class JsonLog final : public EventLog {
 public:
  explicit JsonLog(LogLevel lowest);
  ~JsonLog() override;
  JsonLog(const JsonLog&) = delete;
  JsonLog& operator=(const JsonLog&) = delete;

  void write(LogLevel level,
             std::string_view event,
             std::initializer_list<LogField> fields) noexcept override;

 private:
  LogLevel lowest_;
  std::unique_ptr<spdlog::logger> logger_;
};

}  // namespace tms::hosts
