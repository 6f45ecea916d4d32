#include "backend/validators/sort.h"

namespace tms::validators {

std::string_view to_string(Sort sort) {
  switch (sort) {
    case Sort::created:
      return "created";
    case Sort::created_descending:
      return "-created";
    case Sort::due:
      return "due";
    case Sort::due_descending:
      return "-due";
    case Sort::updated:
      return "updated";
    case Sort::updated_descending:
      break;
  }
  return "-updated";
}

Checked<Sort> check_sort(std::string_view text, std::string_view field) {
  for (const Sort sort : kSorts) {
    if (text == to_string(sort)) return sort;
  }
  return field_error(field, "invalid",
                     "Use created, due or updated, with - in front for descending.");
}

}  // namespace tms::validators
