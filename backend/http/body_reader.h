#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/core/result.h"
#include "backend/http/json_value.h"
#include "backend/http/request.h"

namespace tms::http {

/// Wrong fields that one answer names; more than any call has. Without an end a body of 64 KB full of
/// unknown names got an answer of 600 KB.
inline constexpr std::size_t kMostFieldErrors = 64;

/// Reads the JSON object of a request body field by field and gathers *every* wrong field, up to
/// kMostFieldErrors, so that one answer names them all.
///
/// Use: construct with the allowed names, read each field, add what the rules say, then ask
/// `finish()`: malformed_request for text that is no JSON object, validation_failed with all fields
/// otherwise.
class BodyReader {
 public:
  BodyReader(const Request& request, std::initializer_list<std::string_view> allowed);

  /// A member that must be there and be a string. Empty when it is not; the error is noted.
  std::string required_string(std::string_view name);

  /// A member that may be missing; null and other types than string are errors.
  std::optional<std::string> optional_string(std::string_view name);

  /// A member that may be missing, null or a string. Outer: was it there; inner: null or text.
  std::optional<std::optional<std::string>> optional_nullable_string(std::string_view name);

  [[nodiscard]] bool has(std::string_view name) const;

  /// Notes a field that breaks a rule; ignored when the field already has an error, or kMostFieldErrors
  /// have one.
  void add_error(core::FieldError error);

  /// Notes the field error of a validator's result and returns the value when there is one.
  template <class T>
  std::optional<T> check(std::variant<T, core::FieldError> checked) {
    if (auto* error = std::get_if<core::FieldError>(&checked)) {
      add_error(std::move(*error));
      return std::nullopt;
    }
    return std::get<T>(std::move(checked));
  }

  [[nodiscard]] bool field_is_wrong(std::string_view name) const;

  /// Nothing when every field was right.
  [[nodiscard]] std::optional<core::Error> finish() const;

 private:
  const JsonValue* find(std::string_view name) const;

  std::optional<core::Error> malformed_;
  JsonValue document_;
  std::vector<core::FieldError> errors_;
};

/// validation_failed with these fields.
core::Error validation_error(std::vector<core::FieldError> fields);

}  // namespace tms::http
