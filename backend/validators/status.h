#pragma once

#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// Where a task stands; any may follow any.
enum class Status { pending, in_progress, completed };

/// The text of the API and the database.
std::string_view to_string(Status status);

/// Compares exactly: case counts.
Checked<Status> check_status(std::string_view text, std::string_view field = "status");

}  // namespace tms::validators
