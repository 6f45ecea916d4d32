#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "backend/hosts/app/event_log.h"

namespace tms::tests {

/// Keeps what was logged, one `level event name=value …` line each.
class RecordedLog final : public hosts::EventLog {
 public:
  void write(hosts::LogLevel level,
             std::string_view event,
             std::initializer_list<hosts::LogField> fields) noexcept override;

  [[nodiscard]] std::vector<std::string> lines() const;
  /// All lines in one text.
  [[nodiscard]] std::string text() const;

 private:
  mutable std::mutex mutex_;
  std::vector<std::string> lines_;
};

}  // namespace tms::tests
