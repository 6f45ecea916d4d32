#include "backend/validators/status.h"

namespace tms::validators {

std::string_view to_string(Status status) {
  switch (status) {
    case Status::pending:
      return "pending";
    case Status::in_progress:
      return "in_progress";
    case Status::completed:
      break;
  }
  return "completed";
}

Checked<Status> check_status(std::string_view text, std::string_view field) {
  for (const Status status : {Status::pending, Status::in_progress, Status::completed}) {
    if (text == to_string(status)) return status;
  }
  return field_error(field, "invalid", "Use pending, in_progress or completed.");
}

}  // namespace tms::validators
