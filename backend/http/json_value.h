#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "backend/core/result.h"

namespace tms::http {

class JsonValue;
using JsonArray = std::vector<JsonValue>;
/// Members in the order of the text; no name occurs twice.
using JsonObject = std::vector<std::pair<std::string, JsonValue>>;

/// A JSON value read from a client. Numbers that are no 64-bit integers are kept as double.
class JsonValue {
 public:
  using Storage =
      std::variant<std::nullptr_t, bool, std::int64_t, double, std::string, JsonArray, JsonObject>;

  JsonValue() : storage_(nullptr) {}
  explicit JsonValue(Storage storage) : storage_(std::move(storage)) {}

  [[nodiscard]] bool is_null() const { return std::holds_alternative<std::nullptr_t>(storage_); }
  [[nodiscard]] const bool* as_bool() const { return std::get_if<bool>(&storage_); }
  [[nodiscard]] const std::int64_t* as_integer() const {
    return std::get_if<std::int64_t>(&storage_);
  }
  [[nodiscard]] const std::string* as_string() const { return std::get_if<std::string>(&storage_); }
  [[nodiscard]] const JsonArray* as_array() const { return std::get_if<JsonArray>(&storage_); }
  [[nodiscard]] const JsonObject* as_object() const { return std::get_if<JsonObject>(&storage_); }

  /// The member of that name, or null when this is no object or has none.
  [[nodiscard]] const JsonValue* find(std::string_view name) const;

 private:
  Storage storage_;
};

/// Containers deeper than this are refused.
inline constexpr int kMaxJsonDepth = 32;

/// Strict RFC 8259: valid UTF-8, no duplicate names, no lone surrogates, no trailing text, depth up
/// to kMaxJsonDepth. `\u0000` is read; the rules of the field refuse it. Error: malformed_request.
core::Result<JsonValue> parse_json(std::string_view text);

}  // namespace tms::http
