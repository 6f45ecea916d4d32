#include "backend/http/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>

#include "backend/core/word.h"

namespace tms::http {
namespace {

// Enough for most answers that are no list.
constexpr std::size_t kFirstRoom = 256;
constexpr std::size_t kMostDigits = 20;

constexpr bool needs_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

/// How many bytes at the beginning go into the text as they are. Eight at a time: nearly no text has
/// anything to escape.
std::size_t plain_prefix(std::string_view text) {
  std::size_t index = 0;
  for (; index + sizeof(core::Word) <= text.size(); index += sizeof(core::Word)) {
    const core::Word word = core::load_word(text.substr(index));
    if (core::has_byte_below(word, 0x20) || core::has_byte(word, '"') ||
        core::has_byte(word, '\\')) {
      break;
    }
  }
  while (index < text.size() && !needs_escape(text[index]))
    ++index;
  return index;
}

}  // namespace

void JsonWriter::reserve(std::size_t bytes) {
  if (bytes > buffer_.size()) buffer_.resize(bytes);
}

std::string JsonWriter::take() && {
  buffer_.resize(used_);
  used_ = 0;
  return std::move(buffer_);
}

char* JsonWriter::room(std::size_t bytes) {
  if (buffer_.size() - used_ < bytes) {
    buffer_.resize(std::max({used_ + bytes, 2 * buffer_.size(), kFirstRoom}));
  }
  return buffer_.data() + used_;
}

void JsonWriter::put(char character) {
  *room(1) = character;
  ++used_;
}

void JsonWriter::put(std::string_view bytes) {
  std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
  used_ += bytes.size();
}

void JsonWriter::separate() {
  if (needs_comma_) put(',');
  needs_comma_ = true;
}

void JsonWriter::begin_object() {
  separate();
  put('{');
  needs_comma_ = false;
}

void JsonWriter::end_object() {
  put('}');
  needs_comma_ = true;
}

void JsonWriter::begin_array() {
  separate();
  put('[');
  needs_comma_ = false;
}

void JsonWriter::end_array() {
  put(']');
  needs_comma_ = true;
}

void JsonWriter::key(std::string_view name) {
  string(name);
  put(':');
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  separate();
  const std::size_t plain = plain_prefix(text);
  if (plain < text.size()) {
    put('"');
    put(text.substr(0, plain));
    put_escaped(text.substr(plain));
    put('"');
    return;
  }
  char* place = room(text.size() + 2);
  *place = '"';
  if (!text.empty()) std::memcpy(place + 1, text.data(), text.size());
  place[text.size() + 1] = '"';
  used_ += text.size() + 2;
}

void JsonWriter::put_escaped(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  for (const char character : text) {
    switch (character) {
      case '"':
        put("\\\"");
        break;
      case '\\':
        put("\\\\");
        break;
      case '\n':
        put("\\n");
        break;
      case '\t':
        put("\\t");
        break;
      case '\r':
        put("\\r");
        break;
      default:
        if (!needs_escape(character)) {
          put(character);
          break;
        }
        put("\\u00");
        put(kDigits[static_cast<unsigned char>(character) >> 4U]);
        put(kDigits[static_cast<unsigned char>(character) & 15U]);
    }
  }
}

void JsonWriter::integer(std::int64_t number) {
  separate();
  char* place = room(kMostDigits);
  used_ += static_cast<std::size_t>(std::to_chars(place, place + kMostDigits, number).ptr - place);
}

void JsonWriter::boolean(bool value) {
  raw(value ? "true" : "false");
}

void JsonWriter::null() {
  raw("null");
}

void JsonWriter::raw(std::string_view json) {
  separate();
  if (!json.empty()) put(json);
}

}  // namespace tms::http
