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

  void reserve(std::size_t bytes) { text_.reserve(bytes); }
  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] std::string take() && { return std::move(text_); }

 private:
  void separate();

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace tms::http
