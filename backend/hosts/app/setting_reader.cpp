#include "backend/hosts/app/setting_reader.h"

#include <charconv>

namespace tms::hosts {
namespace {

constexpr std::chrono::seconds kLongestDuration = std::chrono::hours(24 * 3660);
constexpr std::int64_t kLargestBudget = 1'000'000'000;

std::optional<std::int64_t> parse_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::int64_t seconds_of(char unit) {
  switch (unit) {
    case 's':
      return 1;
    case 'm':
      return 60;
    case 'h':
      return 3600;
    case 'd':
      return 86'400;
    default:
      return 0;
  }
}

}  // namespace

std::optional<std::chrono::seconds> parse_duration(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::int64_t unit = 1;
  if (const std::int64_t named = seconds_of(text.back()); named != 0) {
    unit = named;
    text.remove_suffix(1);
  }
  const auto number = parse_number(text);
  if (!number || *number < 0 || *number > kLongestDuration.count() / unit) return std::nullopt;
  return std::chrono::seconds(*number * unit);
}

std::optional<std::string> SettingReader::text(std::string_view name) {
  known_.emplace(name);
  const auto found = values_.find(name);
  if (found == values_.end() || found->second.empty()) return std::nullopt;
  return found->second;
}

void SettingReader::flag(std::string_view name, bool& target) {
  const auto value = text(name);
  if (!value) return;
  if (*value != "0" && *value != "1") return wrong(name, "must be 0 or 1");
  target = *value == "1";
}

std::optional<std::int64_t> SettingReader::read_number(std::string_view name,
                                                       std::int64_t least,
                                                       std::int64_t most) {
  const auto value = text(name);
  if (!value) return std::nullopt;
  const auto number = parse_number(*value);
  if (number && *number >= least && *number <= most) return number;
  wrong(name,
        "must be a whole number from " + std::to_string(least) + " to " + std::to_string(most));
  return std::nullopt;
}

void SettingReader::duration(std::string_view name,
                             std::chrono::seconds& target,
                             std::chrono::seconds least) {
  const auto value = text(name);
  if (!value) return;
  const auto duration = parse_duration(*value);
  if (!duration || *duration < least) {
    return wrong(name, "must be a duration of at least " + std::to_string(least.count()) +
                           " s, such as 30s, 15m, 24h or 14d");
  }
  target = *duration;
}

void SettingReader::budget(std::string_view name, auth::Budget& target) {
  const auto value = text(name);
  if (!value) return;
  const std::string_view whole = *value;
  const auto slash = whole.find('/');
  const auto count = parse_number(whole.substr(0, slash));
  const auto window =
      slash == std::string_view::npos ? std::nullopt : parse_duration(whole.substr(slash + 1));
  if (!count || *count < 1 || *count > kLargestBudget || !window || window->count() < 1) {
    return wrong(name, "must be COUNT/DURATION, such as 20/1h");
  }
  target = auth::Budget{*count, *window};
}

void SettingReader::wrong(std::string_view name, std::string_view message) {
  errors_.push_back(std::string(name) + " " + std::string(message));
}

std::vector<std::string> SettingReader::unknown() const {
  std::vector<std::string> names;
  for (const auto& [name, value] : values_) {
    if (!name.starts_with("TMS_TEST_") && !known_.contains(name)) names.push_back(name);
  }
  return names;
}

}  // namespace tms::hosts
