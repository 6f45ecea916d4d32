#pragma once

#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>

#include "backend/core/clock.h"
#include "backend/core/uuid.h"

namespace tms::http {

/// Whether JSON wants this byte escaped within a text (RFC 8259, section 7).
constexpr bool needs_json_escape(char character) {
  return static_cast<unsigned char>(character) < 0x20 || character == '"' || character == '\\';
}

/// The name of a member as a literal. One that would need escapes does not compile.
class JsonName {
 public:
  // NOLINTNEXTLINE(google-explicit-constructor): a literal is what it stands for
  consteval JsonName(const char* literal) : text_(literal) {
    for (const char character : text_) {
      if (needs_json_escape(character)) throw std::invalid_argument("needs escapes");
    }
  }
  [[nodiscard]] constexpr std::string_view text() const { return text_; }

 private:
  std::string_view text_;
};

/// A name that is known only when the program runs.
template <class Name>
concept JsonNameAtRuntime =
    std::convertible_to<const Name&, std::string_view> && !std::is_array_v<Name>;

/// Writes JSON text straight into one string, without a tree in between. Texts must be valid UTF-8.
/// The caller keeps begin and end in balance; commas are the writer's.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();

  void key(JsonName name);
  void key(const JsonNameAtRuntime auto& name) { escaped_key(name); }
  void string(std::string_view text);
  void integer(std::int64_t number);
  void boolean(bool value);
  void null();
  /// The 8-4-4-4-12 form.
  void id(const core::Uuid& id);
  /// As core::format_timestamp writes it.
  void time(core::Timestamp time);
  /// Ready JSON text.
  void raw(std::string_view json);

  /// `value` by its type: a text, a whole number, a boolean, an id, a time, or an optional of one of them, which is
  /// null when it is empty.
  void member(JsonName name, const auto& value) { key(name), any(value); }
  void member(const JsonNameAtRuntime auto& name, const auto& value) { key(name), any(value); }

  /// Room for a text of that size, so that it does not move while it grows.
  void reserve(std::size_t bytes);
  [[nodiscard]] std::string_view text() const { return {buffer_.data(), used_}; }
  [[nodiscard]] std::string take() &&;

 private:
  template <class Value>
  void any(const Value& value);
  template <class Value>
  void any(const std::optional<Value>& value) {
    value ? any(*value) : null();
  }

  void escaped_key(std::string_view name);
  void put(char character);
  void put(std::string_view bytes);
  void put_escaped(std::string_view text);

  char* room(std::size_t bytes) {
    if (buffer_.size() - used_ < bytes) grow(bytes);
    return buffer_.data() + used_;
  }
  void grow(std::size_t bytes);

  /// Where a value of at most `bytes` begins, after the comma before it; `end_at` tells where it ended.
  char* begin_value(std::size_t bytes) {
    char* place = room(bytes + 1);
    if (needs_comma_) *place++ = ',';
    needs_comma_ = true;
    return place;
  }
  void end_at(const char* end) { used_ = static_cast<std::size_t>(end - buffer_.data()); }

  /// Longer than the text: the bytes from `used_` on are room. A list takes thousands of small
  /// writes, and std::string::append looks after its terminator in each.
  std::string buffer_;
  std::size_t used_ = 0;
  bool needs_comma_ = false;
};

// Here, so that the length of each name is known where it is copied: keys are half of a list's text.
inline void JsonWriter::key(JsonName name) {
  const std::string_view text = name.text();
  char* place = begin_value(text.size() + 3);
  *place = '"';
  std::memcpy(place + 1, text.data(), text.size());
  place += 1 + text.size();
  place[0] = '"';
  place[1] = ':';
  end_at(place + 2);
  needs_comma_ = false;
}

template <class Value>
void JsonWriter::any(const Value& value) {
  if constexpr (std::same_as<Value, bool>) {
    boolean(value);
  } else if constexpr (std::integral<Value>) {
    integer(static_cast<std::int64_t>(value));
  } else if constexpr (std::same_as<Value, core::Uuid>) {
    id(value);
  } else if constexpr (std::same_as<Value, core::Timestamp>) {
    time(value);
  } else {
    string(value);
  }
}

}  // namespace tms::http
