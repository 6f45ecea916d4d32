#include "backend/http/json_value.h"

#include <algorithm>
#include <boost/json/basic_parser_impl.hpp>

namespace tms::http {
namespace {

// Builds our tree from the parser's events. Boost.JSON's own value keeps the last of two equal
// names silently; a body that says two things is refused here instead.
class TreeBuilder {
 public:
  static constexpr std::size_t max_object_size = 1U << 16U;
  static constexpr std::size_t max_array_size = 1U << 16U;
  static constexpr std::size_t max_key_size = 1U << 20U;
  static constexpr std::size_t max_string_size = 1U << 23U;

  using ErrorCode = boost::json::error_code;

  bool on_document_begin(ErrorCode&) { return true; }
  bool on_document_end(ErrorCode&) { return true; }

  bool on_array_begin(ErrorCode&) {
    open_.emplace_back(JsonValue::Storage(JsonArray{}));
    return true;
  }
  bool on_array_end(std::size_t, ErrorCode&) { return close(); }
  bool on_object_begin(ErrorCode&) {
    open_.emplace_back(JsonValue::Storage(JsonObject{}));
    return true;
  }
  bool on_object_end(std::size_t, ErrorCode& error) {
    if (names_a_member_twice(std::get<JsonObject>(open_.back().storage))) {
      duplicate_key = true;
      error = boost::json::error::syntax;
      return false;
    }
    return close();
  }

  bool on_key_part(boost::json::string_view part, std::size_t, ErrorCode&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_key(boost::json::string_view part, std::size_t, ErrorCode&) {
    text_.append(part.data(), part.size());
    open_.back().key = std::exchange(text_, {});
    return true;
  }

  bool on_string_part(boost::json::string_view part, std::size_t, ErrorCode&) {
    text_.append(part.data(), part.size());
    return true;
  }
  bool on_string(boost::json::string_view part, std::size_t, ErrorCode&) {
    text_.append(part.data(), part.size());
    return add(JsonValue(std::exchange(text_, {})));
  }

  bool on_number_part(boost::json::string_view, ErrorCode&) { return true; }
  bool on_int64(std::int64_t number, boost::json::string_view, ErrorCode&) {
    return add(JsonValue(number));
  }
  bool on_uint64(std::uint64_t number, boost::json::string_view, ErrorCode&) {
    return add(JsonValue(static_cast<double>(number)));
  }
  bool on_double(double number, boost::json::string_view, ErrorCode&) {
    return add(JsonValue(number));
  }
  bool on_bool(bool value, ErrorCode&) { return add(JsonValue(value)); }
  bool on_null(ErrorCode&) { return add(JsonValue()); }
  bool on_comment_part(boost::json::string_view, ErrorCode&) { return true; }
  bool on_comment(boost::json::string_view, ErrorCode&) { return true; }

  JsonValue root;
  bool duplicate_key = false;

 private:
  struct Open {
    explicit Open(JsonValue::Storage container) : storage(std::move(container)) {}
    JsonValue::Storage storage;
    std::string key;
  };

  bool add(JsonValue value) {
    if (open_.empty()) {
      root = std::move(value);
    } else if (auto* array = std::get_if<JsonArray>(&open_.back().storage)) {
      array->push_back(std::move(value));
    } else {
      std::get<JsonObject>(open_.back().storage)
          .emplace_back(std::exchange(open_.back().key, {}), std::move(value));
    }
    return true;
  }

  // Once for the whole object and by sorting: to compare each name with each took 80 ms for a body of
  // 64 KB full of short names.
  static bool names_a_member_twice(const JsonObject& object) {
    std::vector<std::string_view> names;
    names.reserve(object.size());
    for (const auto& [name, value] : object)
      names.push_back(name);
    std::sort(names.begin(), names.end());
    return std::adjacent_find(names.begin(), names.end()) != names.end();
  }

  bool close() {
    JsonValue value(std::move(open_.back().storage));
    open_.pop_back();
    return add(std::move(value));
  }

  std::vector<Open> open_;
  std::string text_;
};

core::Error malformed(std::string detail, std::string log) {
  core::Error error;
  error.code = core::ErrorCode::malformed_request;
  error.detail.value = std::move(detail);
  error.log.value = std::move(log);
  return error;
}

}  // namespace

const JsonValue* JsonValue::find(std::string_view name) const {
  const JsonObject* object = as_object();
  if (object == nullptr) return nullptr;
  for (const auto& [key, value] : *object) {
    if (key == name) return &value;
  }
  return nullptr;
}

core::Result<JsonValue> parse_json(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = kMaxJsonDepth;
  boost::json::basic_parser<TreeBuilder> parser(options);
  boost::json::error_code error;
  const std::size_t read = parser.write_some(false, text.data(), text.size(), error);
  if (parser.handler().duplicate_key)
    return malformed("The JSON names a member twice.", "duplicate key");
  if (error) return malformed("The body is not valid JSON.", error.message());
  if (read != text.size()) return malformed("There is text after the JSON value.", "extra data");
  return std::move(parser.handler().root);
}

}  // namespace tms::http
