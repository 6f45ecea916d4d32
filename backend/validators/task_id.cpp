#include "backend/validators/task_id.h"

namespace tms::validators {

Checked<core::Uuid> check_new_task_id(std::string_view text, std::string_view field) {
  const auto id = core::Uuid::parse(text);
  if (!id || !id->is_version_7()) return field_error(field, "invalid", "Use a UUID of version 7.");
  return *id;
}

Checked<core::Uuid> check_list_id(std::string_view text, std::string_view field) {
  const auto id = core::Uuid::parse(text);
  if (!id) return field_error(field, "invalid", "Use a UUID.");
  return *id;
}

}  // namespace tms::validators
