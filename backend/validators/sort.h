#pragma once

#include <array>
#include <string_view>

#include "backend/validators/field_error.h"

namespace tms::validators {

/// The order of the task list. Ties go by task_id, ascending; no due date comes last both ways.
enum class Sort { created, created_descending, due, due_descending, updated, updated_descending };

inline constexpr Sort kDefaultSort = Sort::created_descending;
inline constexpr std::array kSorts{Sort::created, Sort::created_descending,
                                   Sort::due,     Sort::due_descending,
                                   Sort::updated, Sort::updated_descending};

/// The text of the API, such as "-created".
std::string_view to_string(Sort sort);

Checked<Sort> check_sort(std::string_view text, std::string_view field = "sort");

}  // namespace tms::validators
