#include "backend/validators/search_text.h"

#include "backend/core/utf8.h"
#include "backend/validators/text.h"

namespace tms::validators {

Checked<std::string> check_search_text(std::string_view text, std::string_view field) {
  if (text.empty()) return field_error(field, "too_short", "Enter something to look for.");
  if (!core::is_valid_utf8(text)) return field_error(field, "invalid", "This is not valid UTF-8.");
  if (count_code_points(text) > kMaxSearchText) {
    return field_error(field, "too_long", "Use at most 200 characters.");
  }
  if (has_forbidden_control(text, Controls::line_feed_and_tab)) {
    return field_error(field, "invalid", "Control characters are not allowed.");
  }
  // What folds to nothing, such as a soft hyphen alone, would be found in every task.
  std::string folded = casefold(text);
  if (folded.empty()) return field_error(field, "too_short", "Enter something to look for.");
  return folded;
}

}  // namespace tms::validators
