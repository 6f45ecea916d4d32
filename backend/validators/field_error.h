#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "backend/core/error.h"

namespace tms::validators {

/// What a rule answers: the value as the application uses it, or what is wrong with the field.
/// `http::BodyReader::check` and `http::QueryReader::check` take it.
template <class T>
using Checked = std::variant<T, core::FieldError>;

inline core::FieldError field_error(std::string_view field,
                                    std::string_view code,
                                    std::string_view message) {
  return {std::string(field), std::string(code), std::string(message)};
}

}  // namespace tms::validators
