#include "backend/http/json_writer.h"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include "backend/core/word.h"

namespace tms::http {
namespace {

// Enough for most answers that are no list.
constexpr std::size_t kFirstRoom = 256;
constexpr std::size_t kMostDigits = 20;

bool is_plain(core::Word word) {
  return !core::has_byte_below(word, 0x20) && !core::has_byte(word, '"') &&
         !core::has_byte(word, '\\');
}

/// Nothing to escape, as in nearly every text. Eight bytes at a time, the last eight perhaps a second time.
bool is_plain(std::string_view text) {
  if (text.size() < sizeof(core::Word)) return std::ranges::none_of(text, needs_json_escape);
  const std::size_t last = text.size() - sizeof(core::Word);
  for (std::size_t index = 0; index < last; index += sizeof(core::Word)) {
    if (!is_plain(core::load_word(text.substr(index)))) return false;
  }
  return is_plain(core::load_word(text.substr(last)));
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

void JsonWriter::grow(std::size_t bytes) {
  buffer_.resize(std::max({used_ + bytes, 2 * buffer_.size(), kFirstRoom}));
}

void JsonWriter::put(char character) {
  *room(1) = character;
  ++used_;
}

void JsonWriter::put(std::string_view bytes) {
  std::memcpy(room(bytes.size()), bytes.data(), bytes.size());
  used_ += bytes.size();
}

void JsonWriter::begin_object() {
  char* place = begin_value(1);
  *place = '{';
  end_at(place + 1);
  needs_comma_ = false;
}

void JsonWriter::end_object() {
  put('}');
  needs_comma_ = true;
}

void JsonWriter::begin_array() {
  char* place = begin_value(1);
  *place = '[';
  end_at(place + 1);
  needs_comma_ = false;
}

void JsonWriter::end_array() {
  put(']');
  needs_comma_ = true;
}

void JsonWriter::escaped_key(std::string_view name) {
  string(name);
  put(':');
  needs_comma_ = false;
}

void JsonWriter::string(std::string_view text) {
  char* place = begin_value(text.size() + 2);
  *place++ = '"';
  if (is_plain(text)) {
    if (!text.empty()) std::memcpy(place, text.data(), text.size());
    place[text.size()] = '"';
    end_at(place + text.size() + 1);
    return;
  }
  end_at(place);
  put_escaped(text);
  put('"');
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
        if (!needs_json_escape(character)) {
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
  char* place = begin_value(kMostDigits);
  end_at(std::to_chars(place, place + kMostDigits, number).ptr);
}

void JsonWriter::id(const core::Uuid& id) {
  char* place = begin_value(core::Uuid::kTextSize + 2);
  *place++ = '"';
  id.write_to(std::span<char, core::Uuid::kTextSize>(place, core::Uuid::kTextSize));
  place[core::Uuid::kTextSize] = '"';
  end_at(place + core::Uuid::kTextSize + 1);
}

void JsonWriter::time(core::Timestamp time) {
  char* place = begin_value(core::kTimestampTextSize + 2);
  *place++ = '"';
  core::write_timestamp(std::span<char, core::kTimestampTextSize>(place, core::kTimestampTextSize),
                        time);
  place[core::kTimestampTextSize] = '"';
  end_at(place + core::kTimestampTextSize + 1);
}

void JsonWriter::boolean(bool value) {
  raw(value ? "true" : "false");
}

void JsonWriter::null() {
  raw("null");
}

void JsonWriter::raw(std::string_view json) {
  char* place = begin_value(json.size());
  if (!json.empty()) std::memcpy(place, json.data(), json.size());
  end_at(place + json.size());
}

}  // namespace tms::http
