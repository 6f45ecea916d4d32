#pragma once

#include <optional>
#include <string>
#include <vector>

#include "backend/http/json_value.h"
#include "backend/http/response.h"

namespace tms::tests {

/// The body of an answer; throws when it is no JSON.
http::JsonValue json_of(const http::Response& response);

/// The member `name`; throws when there is none.
const http::JsonValue& at(const http::JsonValue& value, std::string_view name);

/// A member that is a text, or nothing for null; throws for anything else.
std::optional<std::string> text_at(const http::JsonValue& value, std::string_view name);

std::int64_t integer_at(const http::JsonValue& value, std::string_view name);
bool bool_at(const http::JsonValue& value, std::string_view name);

/// `name` of every object of the array `array_name`.
std::vector<std::string> texts_of(const http::JsonValue& value,
                                  std::string_view array_name,
                                  std::string_view name);

/// The texts of the array `array_name`.
std::vector<std::string> texts_of(const http::JsonValue& value, std::string_view array_name);

/// The `code` of a problem document.
std::string problem_code(const http::Response& response);

/// "field:code" of every wrong field, sorted.
std::vector<std::string> wrong_fields(const http::Response& response);

/// The value of a header; empty when there is none.
std::string header_of(const http::Response& response, std::string_view name);

}  // namespace tms::tests
