#include "backend/validators/text.h"

#include <utf8proc.h>

#include <cstdint>
#include <cstdlib>
#include <memory>
#include <stdexcept>

#include "backend/core/utf8.h"

namespace tms::validators {
namespace {

constexpr bool is_javascript_space(std::uint32_t value) {
  return (value >= 0x09 && value <= 0x0d) || value == 0x20 || value == 0xa0 || value == 0x1680 ||
         (value >= 0x2000 && value <= 0x200a) || value == 0x2028 || value == 0x2029 ||
         value == 0x202f || value == 0x205f || value == 0x3000 || value == 0xfeff;
}

constexpr bool is_continuation(char byte) {
  return (static_cast<std::uint8_t>(byte) & 0xc0U) == 0x80U;
}

/// The bytes of the white space at the end of `text`; 0 when it ends with something else.
std::size_t trailing_space(std::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && is_continuation(text[begin]))
    --begin;
  const auto code_point = core::first_code_point(text.substr(begin));
  return code_point && is_javascript_space(code_point->value) ? text.size() - begin : 0;
}

std::string map(std::string_view text, utf8proc_option_t options) {
  utf8proc_uint8_t* mapped = nullptr;
  const auto length = utf8proc_map(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                   static_cast<utf8proc_ssize_t>(text.size()), &mapped, options);
  const std::unique_ptr<utf8proc_uint8_t, decltype(&std::free)> owner(mapped, &std::free);
  if (length < 0) throw std::runtime_error(utf8proc_errmsg(length));
  return {reinterpret_cast<const char*>(mapped), static_cast<std::size_t>(length)};
}

}  // namespace

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (const char byte : text)
    count += is_continuation(byte) ? 0U : 1U;
  return count;
}

std::string_view trim(std::string_view text) {
  while (const auto code_point = core::first_code_point(text)) {
    if (!is_javascript_space(code_point->value)) break;
    text.remove_prefix(code_point->length);
  }
  while (!text.empty()) {
    const std::size_t space = trailing_space(text);
    if (space == 0) break;
    text.remove_suffix(space);
  }
  return text;
}

// The options are a set of flags, which C declares as an enum.
// NOLINTBEGIN(clang-analyzer-optin.core.EnumCastOutOfRange)
std::string casefold(std::string_view text) {
  return map(text,
             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT |
                                            UTF8PROC_CASEFOLD | UTF8PROC_IGNORE));
}

std::string normalize_nfkc(std::string_view text) {
  return map(text,
             static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT));
}
// NOLINTEND(clang-analyzer-optin.core.EnumCastOutOfRange)

bool has_forbidden_control(std::string_view text, Controls allowed) {
  while (const auto code_point = core::first_code_point(text)) {
    const std::uint32_t value = code_point->value;
    const bool is_control = value < 0x20 || (value >= 0x7f && value <= 0x9f);
    const bool is_allowed =
        allowed == Controls::line_feed_and_tab && (value == '\n' || value == '\t');
    if (is_control && !is_allowed) return true;
    text.remove_prefix(code_point->length);
  }
  return false;
}

}  // namespace tms::validators
