#pragma once

#include <string>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// A day of the Gregorian calendar as YYYY-MM-DD, 0001-01-01 to 9999-12-31. Kept as text: it has no
/// time zone, and bytes sort like days.
Checked<std::string> check_due_date(std::string_view text, std::string_view field = "due_date");

/// Whether `text` is such a day.
bool is_calendar_date(std::string_view text);

}  // namespace tms::validators
