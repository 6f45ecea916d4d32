#include "backend/http/json_writer.h"

#include <array>
#include <charconv>

namespace tms::http {
namespace {

constexpr bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

void append_escaped(std::string& out, char character) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  switch (character) {
    case '"':
      out += "\\\"";
      return;
    case '\\':
      out += "\\\\";
      return;
    case '\n':
      out += "\\n";
      return;
    case '\t':
      out += "\\t";
      return;
    case '\r':
      out += "\\r";
      return;
    default:
      out += "\\u00";
      out += kDigits[static_cast<unsigned char>(character) >> 4U];
      out += kDigits[static_cast<unsigned char>(character) & 15U];
  }
}

}  // namespace

void JsonWriter::separate() {
  if (needs_comma_) text_.push_back(',');
  needs_comma_ = true;
}

void JsonWriter::begin_object() {
  separate();
  text_.push_back('{');
  needs_comma_ = false;
}

void JsonWriter::end_object() {
  text_.push_back('}');
  needs_comma_ = true;
}

void JsonWriter::begin_array() {
  separate();
  text_.push_back('[');
  needs_comma_ = false;
}

void JsonWriter::end_array() {
  text_.push_back(']');
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  text_.push_back(':');
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  separate();
  text_.push_back('"');
  std::size_t plain = 0;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (!needs_escape(text[index])) continue;
    text_.append(text, plain, index - plain);
    append_escaped(text_, text[index]);
    plain = index + 1;
  }
  text_.append(text, plain);
  text_.push_back('"');
}

void JsonWriter::integer(std::int64_t number) {
  separate();
  std::array<char, 24> digits{};
  const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  text_.append(digits.data(), end);
}

void JsonWriter::boolean(bool value) {
  raw(value ? "true" : "false");
}

void JsonWriter::null() {
  raw("null");
}

void JsonWriter::raw(std::string_view json) {
  separate();
  text_ += json;
}

}  // namespace tms::http
