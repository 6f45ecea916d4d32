#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "backend/core/error.h"
#include "backend/http/request.h"

namespace tms::http {

/// Reads the query of a request and gathers *every* wrong name and value, as BodyReader does for a
/// body. `v` is accepted everywhere and ignored: it is a cache key on AWS.
///
/// `request` must outlive the reader.
class QueryReader {
 public:
  QueryReader(const Request& request, std::initializer_list<std::string_view> allowed);

  /// The value of that name when it is there (once).
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const;

  /// Notes a name that breaks a rule; ignored when the name already has an error.
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

  /// malformed_request for text that is no UTF-8, validation_failed with every wrong name, or
  /// nothing when all was right.
  [[nodiscard]] std::optional<core::Error> finish() const;

 private:
  const Request& request_;
  bool is_malformed_ = false;
  std::vector<core::FieldError> errors_;
};

/// The error of a call that takes no query, or nothing when it has none but `v`.
std::optional<core::Error> refuse_query(const Request& request);

}  // namespace tms::http
