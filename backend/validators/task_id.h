#pragma once

#include <string_view>

#include "backend/core/uuid.h"
#include "backend/validators/field_error.h"

namespace tms::validators {

/// The id of a task that a client makes: a UUIDv7 (RFC 9562), in either case. To read a task any
/// UUID will do; what is no UUID is simply not found, so paths use core::Uuid::parse.
Checked<core::Uuid> check_new_task_id(std::string_view text, std::string_view field = "task_id");

/// The id of a list: any UUID.
Checked<core::Uuid> check_list_id(std::string_view text, std::string_view field = "list_id");

}  // namespace tms::validators
