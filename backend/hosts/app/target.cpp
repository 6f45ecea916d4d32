#include "backend/hosts/app/target.h"

#include <utility>

#include "backend/core/utf8.h"
#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

int hex_digit(char character) {
  if (is_digit(character)) return character - '0';
  const char lower = to_lower(character);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

enum class Plus { literal, space };

std::optional<std::string> decode(std::string_view text, Plus plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t index = 0; index < text.size(); ++index) {
    const char character = text[index];
    if (character == '%') {
      if (index + 2 >= text.size()) return std::nullopt;
      const int high = hex_digit(text[index + 1]);
      const int low = hex_digit(text[index + 2]);
      if (high < 0 || low < 0 || high + low == 0) return std::nullopt;
      out += static_cast<char>(high * 16 + low);
      index += 2;
    } else {
      out += character == '+' && plus == Plus::space ? ' ' : character;
    }
  }
  if (!core::is_valid_utf8(out)) return std::nullopt;
  return out;
}

}  // namespace

std::optional<Target> parse_target(std::string_view text) {
  if (!text.starts_with('/')) return std::nullopt;
  for (const char character : text) {
    if (character <= ' ' || character > '~' || character == '#') return std::nullopt;
  }
  Target target;
  std::string_view query = text;
  auto path = decode(take_until(query, '?'), Plus::literal);
  if (!path) return std::nullopt;
  target.path = *std::move(path);
  while (!query.empty()) {
    std::string_view value = take_until(query, '&');
    if (value.empty()) continue;
    auto name = decode(take_until(value, '='), Plus::space);
    auto decoded = decode(value, Plus::space);
    if (!name || !decoded) return std::nullopt;
    target.query.emplace_back(*std::move(name), *std::move(decoded));
  }
  return target;
}

std::optional<std::string> decode_path(std::string_view path) {
  if (path.find('\0') != std::string_view::npos) return std::nullopt;
  return decode(path, Plus::literal);
}

}  // namespace tms::hosts
