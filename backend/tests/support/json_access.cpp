#include "backend/tests/support/json_access.h"

#include <algorithm>
#include <stdexcept>

namespace tms::tests {

http::JsonValue json_of(const http::Response& response) {
  auto parsed = http::parse_json(response.body);
  if (!parsed) throw std::runtime_error("no JSON: " + response.body);
  return std::move(*parsed);
}

const http::JsonValue& at(const http::JsonValue& value, std::string_view name) {
  const http::JsonValue* member = value.find(name);
  if (member == nullptr) throw std::runtime_error("no member " + std::string(name));
  return *member;
}

std::optional<std::string> text_at(const http::JsonValue& value, std::string_view name) {
  const http::JsonValue& member = at(value, name);
  if (member.is_null()) return std::nullopt;
  if (member.as_string() == nullptr) throw std::runtime_error("no text: " + std::string(name));
  return *member.as_string();
}

std::int64_t integer_at(const http::JsonValue& value, std::string_view name) {
  const auto* number = at(value, name).as_integer();
  if (number == nullptr) throw std::runtime_error("no integer: " + std::string(name));
  return *number;
}

bool bool_at(const http::JsonValue& value, std::string_view name) {
  const auto* flag = at(value, name).as_bool();
  if (flag == nullptr) throw std::runtime_error("no boolean: " + std::string(name));
  return *flag;
}

std::vector<std::string> texts_of(const http::JsonValue& value,
                                  std::string_view array_name,
                                  std::string_view name) {
  std::vector<std::string> texts;
  for (const http::JsonValue& element : *at(value, array_name).as_array()) {
    texts.push_back(text_at(element, name).value_or("null"));
  }
  return texts;
}

std::vector<std::string> texts_of(const http::JsonValue& value, std::string_view array_name) {
  std::vector<std::string> texts;
  for (const http::JsonValue& element : *at(value, array_name).as_array())
    texts.push_back(*element.as_string());
  return texts;
}

std::string problem_code(const http::Response& response) {
  return text_at(json_of(response), "code").value_or("");
}

std::vector<std::string> wrong_fields(const http::Response& response) {
  std::vector<std::string> fields;
  const http::JsonValue document = json_of(response);
  if (document.find("errors") == nullptr) return fields;
  for (const http::JsonValue& error : *at(document, "errors").as_array()) {
    fields.push_back(*text_at(error, "field") + ":" + *text_at(error, "code"));
  }
  std::sort(fields.begin(), fields.end());
  return fields;
}

std::string header_of(const http::Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers) {
    if (key == name) return value;
  }
  return {};
}

}  // namespace tms::tests
