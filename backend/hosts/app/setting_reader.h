#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/throttle_settings.h"
#include "backend/hosts/app/environment.h"

namespace tms::hosts {

/// A span of time as settings write it: a whole number of seconds, or with a unit: `30s`, `15m`,
/// `24h`, `14d`. Nothing for anything else.
std::optional<std::chrono::seconds> parse_duration(std::string_view text);

/// Reads settings one by one, gathers what is wrong so that one start names every mistake, and
/// knows which names exist. A setting that is not there, or empty, leaves its default.
class SettingReader {
 public:
  explicit SettingReader(const Environment& values) : values_(values) {}

  /// The value, or nothing when it is missing or empty.
  std::optional<std::string> text(std::string_view name);

  /// Exactly `1` or `0`.
  void flag(std::string_view name, bool& target);

  template <std::integral T>
  void number(std::string_view name, T& target, std::int64_t least, std::int64_t most) {
    if (const auto value = read_number(name, least, most)) target = static_cast<T>(*value);
  }

  /// Any unit of chrono whose values are whole seconds; at least `least`, at most ten years.
  void duration(std::string_view name, std::chrono::seconds& target, std::chrono::seconds least);

  /// `count/duration`, such as 20/1h.
  void budget(std::string_view name, auth::Budget& target);

  /// Notes that a setting is wrong. The message must not repeat a value that may be secret.
  void wrong(std::string_view name, std::string_view message);

  [[nodiscard]] const std::vector<std::string>& errors() const { return errors_; }

  /// TMS_ variables that nobody asked for: most likely misspelt. TMS_TEST_ ones belong to tests.
  [[nodiscard]] std::vector<std::string> unknown() const;

  [[nodiscard]] const std::set<std::string, std::less<>>& known() const { return known_; }

 private:
  std::optional<std::int64_t> read_number(std::string_view name,
                                          std::int64_t least,
                                          std::int64_t most);

  const Environment& values_;
  std::set<std::string, std::less<>> known_;
  std::vector<std::string> errors_;
};

}  // namespace tms::hosts
