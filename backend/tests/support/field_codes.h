#pragma once

#include <string>
#include <variant>

#include "backend/core/error.h"

namespace tms::tests {

/// The code of a validator's field error, or "ok".
template <class T>
std::string code_of(const std::variant<T, core::FieldError>& checked) {
  const auto* error = std::get_if<core::FieldError>(&checked);
  return error == nullptr ? "ok" : error->code;
}

/// `text` repeated `count` times.
inline std::string repeat(std::string_view text, std::size_t count) {
  std::string repeated;
  for (std::size_t index = 0; index < count; ++index)
    repeated += text;
  return repeated;
}

}  // namespace tms::tests
