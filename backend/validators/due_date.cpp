#include "backend/validators/due_date.h"

#include <chrono>

#include "backend/validators/ascii.h"

namespace tms::validators {
namespace {

constexpr std::string_view kShape = "0000-00-00";

bool has_shape(std::string_view text) {
  if (text.size() != kShape.size()) return false;
  for (std::size_t index = 0; index < text.size(); ++index) {
    const bool fits = kShape[index] == '-' ? text[index] == '-' : is_ascii_digit(text[index]);
    if (!fits) return false;
  }
  return true;
}

int number(std::string_view digits) {
  int value = 0;
  for (const char digit : digits)
    value = value * 10 + (digit - '0');
  return value;
}

}  // namespace

bool is_calendar_date(std::string_view text) {
  if (!has_shape(text)) return false;
  const std::chrono::year_month_day date(
      std::chrono::year(number(text.substr(0, 4))),
      std::chrono::month(static_cast<unsigned>(number(text.substr(5, 2)))),
      std::chrono::day(static_cast<unsigned>(number(text.substr(8, 2)))));
  return date.ok() && date.year() >= std::chrono::year(1);
}

Checked<std::string> check_due_date(std::string_view text, std::string_view field) {
  if (!is_calendar_date(text))
    return field_error(field, "invalid", "Use a real date as YYYY-MM-DD.");
  return std::string(text);
}

}  // namespace tms::validators
