#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace tms::http {

/// Writes JSON text straight into one string, without a tree in between. Texts must be valid UTF-8.
/// The caller keeps begin and end in balance; commas are the writer's.
class JsonWriter {
 public:
  void begin_object();
  void end_object();
  void begin_array();
  void end_array();

  void key(std::string_view name);
  void string(std::string_view text);
  void integer(std::int64_t number);
  void boolean(bool value);
  void null();
  /// Ready JSON text.
  void raw(std::string_view json);

  void member(std::string_view name, std::string_view text) { key(name), string(text); }
  void member(std::string_view name, const char* text) { key(name), string(text); }
  void member(std::string_view name, std::same_as<bool> auto value) { key(name), boolean(value); }
  void member(std::string_view name,
              std::integral auto number) requires(!std::same_as<decltype(number), bool>) {
    key(name), integer(static_cast<std::int64_t>(number));
  }

  /// Room for a text of that size, so that it does not move while it grows.
  void reserve(std::size_t bytes);
  [[nodiscard]] std::string_view text() const { return {buffer_.data(), used_}; }
  [[nodiscard]] std::string take() &&;

 private:
  void separate();
  void put(char character);
  void put(std::string_view bytes);
  void put_escaped(std::string_view text);
  char* room(std::size_t bytes);

  /// Longer than the text: the bytes from `used_` on are room. A list takes thousands of small
  /// writes, and std::string::append looks after its terminator in each.
  std::string buffer_;
  std::size_t used_ = 0;
  bool needs_comma_ = false;
};

}  // namespace tms::http
