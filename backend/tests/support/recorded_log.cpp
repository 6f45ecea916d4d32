#include "backend/tests/support/recorded_log.h"

namespace tms::tests {

void RecordedLog::write(hosts::LogLevel level,
                        std::string_view event,
                        std::initializer_list<hosts::LogField> fields) noexcept {
  std::string line = level == hosts::LogLevel::error  ? "error "
                     : level == hosts::LogLevel::warn ? "warn "
                                                      : "info ";
  line += event;
  for (const hosts::LogField& field : fields) {
    line += ' ';
    line += field.name;
    line += '=';
    if (const auto* number = std::get_if<std::int64_t>(&field.value)) {
      line += std::to_string(*number);
    } else {
      line += std::get<std::string_view>(field.value);
    }
  }
  const std::scoped_lock lock(mutex_);
  lines_.push_back(std::move(line));
}

std::vector<std::string> RecordedLog::lines() const {
  const std::scoped_lock lock(mutex_);
  return lines_;
}

std::string RecordedLog::text() const {
  std::string text;
  for (const std::string& line : lines())
    text += line + '\n';
  return text;
}

}  // namespace tms::tests
