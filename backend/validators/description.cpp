#include "backend/validators/description.h"

#include "backend/core/utf8.h"
#include "backend/validators/text.h"

namespace tms::validators {

Checked<Description> check_description(std::string_view text, std::string_view field) {
  if (!core::is_valid_utf8(text)) return field_error(field, "invalid", "This is not valid UTF-8.");
  const std::string_view trimmed = trim(text);
  if (trimmed.empty()) return field_error(field, "too_short", "Say what is to be done.");
  if (count_code_points(trimmed) > kMaxDescription) {
    return field_error(field, "too_long", "Use at most 2,000 characters.");
  }
  if (has_forbidden_control(trimmed, Controls::line_feed_and_tab)) {
    return field_error(field, "invalid",
                       "Control characters other than line breaks and tabs are not allowed.");
  }
  return Description{std::string(trimmed), casefold(trimmed)};
}

}  // namespace tms::validators
