#include "backend/validators/limit.h"

#include <algorithm>
#include <charconv>

#include "backend/validators/ascii.h"

namespace tms::validators {

Checked<int> check_limit(std::string_view text, std::string_view field) {
  const bool is_number = !text.empty() && std::all_of(text.begin(), text.end(), is_ascii_digit) &&
                         (text.front() != '0' || text == "0");
  if (!is_number) return field_error(field, "type", "Use a whole number from 1 to 200.");
  int value = 0;
  const auto parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc() || value < 1 || value > kMaxLimit) {
    return field_error(field, "out_of_range", "Use a whole number from 1 to 200.");
  }
  return value;
}

}  // namespace tms::validators
