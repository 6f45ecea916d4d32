// Request bodies: whatever is accepted is valid UTF-8, not too deep, without a name twice, and reads
// the same after it was written again.

#include <set>
#include <string>

#include "backend/core/utf8.h"
#include "backend/fuzz/fuzz.h"
#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"

namespace {

using tms::fuzz::require;
using tms::http::JsonValue;

void write_object(const tms::http::JsonObject& members, tms::http::JsonWriter& writer, int depth);

// Doubles are left out: the writer has none, as the API has none.
bool has_double(const JsonValue& value) {
  if (const auto* array = value.as_array()) {
    for (const auto& item : *array)
      if (has_double(item)) return true;
    return false;
  }
  if (const auto* object = value.as_object()) {
    for (const auto& [name, item] : *object)
      if (has_double(item)) return true;
    return false;
  }
  return !value.is_null() && value.as_bool() == nullptr && value.as_integer() == nullptr &&
         value.as_string() == nullptr;
}

void write(const JsonValue& value, tms::http::JsonWriter& writer, int depth) {
  if (const auto* text = value.as_string()) {
    require(tms::core::is_valid_utf8(*text));
    writer.string(*text);
  } else if (const auto* number = value.as_integer()) {
    writer.integer(*number);
  } else if (const auto* boolean = value.as_bool()) {
    writer.boolean(*boolean);
  } else if (const auto* array = value.as_array()) {
    require(depth < tms::http::kMaxJsonDepth);
    writer.begin_array();
    for (const auto& item : *array)
      write(item, writer, depth + 1);
    writer.end_array();
  } else if (const auto* object = value.as_object()) {
    write_object(*object, writer, depth);
  } else {
    writer.null();
  }
}

void write_object(const tms::http::JsonObject& members, tms::http::JsonWriter& writer, int depth) {
  require(depth < tms::http::kMaxJsonDepth);
  std::set<std::string> names;
  writer.begin_object();
  for (const auto& [name, item] : members) {
    require(names.insert(name).second);
    writer.key(name);
    write(item, writer, depth + 1);
  }
  writer.end_object();
}

std::string written(const JsonValue& value) {
  tms::http::JsonWriter writer;
  write(value, writer, 0);
  return std::string(writer.text());
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto value = tms::http::parse_json(tms::fuzz::as_text(data, size));
  if (!value || has_double(*value)) return 0;
  const auto text = written(*value);
  const auto again = tms::http::parse_json(text);
  require(again.ok());
  require(written(*again) == text);
  return 0;
}
