#include "backend/http/body_reader.h"

#include <algorithm>

namespace tms::http {

core::Error validation_error(std::vector<core::FieldError> fields) {
  core::Error error;
  error.code = core::ErrorCode::validation_failed;
  error.fields = std::move(fields);
  return error;
}

BodyReader::BodyReader(const Request& request, std::initializer_list<std::string_view> allowed) {
  auto parsed = parse_json(request.body);
  if (!parsed) {
    malformed_ = parsed.error();
    return;
  }
  if (parsed->as_object() == nullptr) {
    malformed_ = core::Error{.code = core::ErrorCode::malformed_request,
                             .detail = {"The body must be a JSON object."},
                             .log = {},
                             .fields = {},
                             .retry_after = {},
                             .extensions = {}};
    return;
  }
  document_ = std::move(*parsed);
  for (const auto& [name, value] : *document_.as_object()) {
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      add_error({name, "unknown", "This field is not known here."});
    }
  }
}

const JsonValue* BodyReader::find(std::string_view name) const {
  return document_.find(name);
}

bool BodyReader::has(std::string_view name) const {
  return find(name) != nullptr;
}

std::string BodyReader::required_string(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) {
    add_error({std::string(name), "required", "This field is missing."});
    return {};
  }
  return optional_string(name).value_or(std::string());
}

std::optional<std::string> BodyReader::optional_string(std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  const std::string* text = value->as_string();
  if (text == nullptr) {
    add_error({std::string(name), "type", "This must be a text."});
    return std::nullopt;
  }
  return *text;
}

std::optional<std::optional<std::string>> BodyReader::optional_nullable_string(
    std::string_view name) {
  const JsonValue* value = find(name);
  if (value == nullptr) return std::nullopt;
  if (value->is_null())
    return std::optional<std::optional<std::string>>(std::in_place, std::nullopt);
  const std::string* text = value->as_string();
  if (text == nullptr) {
    add_error({std::string(name), "type", "This must be a text or null."});
    return std::nullopt;
  }
  return std::optional<std::optional<std::string>>(std::in_place, *text);
}

void BodyReader::add_error(core::FieldError error) {
  if (errors_.size() < kMostFieldErrors && !field_is_wrong(error.field))
    errors_.push_back(std::move(error));
}

bool BodyReader::field_is_wrong(std::string_view name) const {
  return std::any_of(errors_.begin(), errors_.end(),
                     [&](const core::FieldError& error) { return error.field == name; });
}

std::optional<core::Error> BodyReader::finish() const {
  if (malformed_) return malformed_;
  if (errors_.empty()) return std::nullopt;
  return validation_error(errors_);
}

}  // namespace tms::http
