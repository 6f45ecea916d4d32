#include "backend/validators/password.h"

#include "backend/core/utf8.h"
#include "backend/validators/text.h"

namespace tms::validators {
namespace {

/// The rules that both kinds share. Bytes are counted first, so that a huge text costs nothing.
Checked<std::string> normalize(std::string_view text, std::string_view field) {
  if (text.empty()) return field_error(field, "required", "Enter a password.");
  const auto too_long = [&] { return field_error(field, "too_long", "Use at most 1,024 bytes."); };
  if (text.size() > kMaxPasswordBytes) return too_long();
  if (!core::is_valid_utf8(text) || has_forbidden_control(text, Controls::none)) {
    return field_error(field, "invalid", "This is not a text that can be a password.");
  }
  std::string normalized = normalize_nfkc(text);
  if (normalized.size() > kMaxPasswordBytes) return too_long();
  return normalized;
}

}  // namespace

Checked<std::string> check_new_password(std::string_view text, std::string_view field) {
  auto checked = normalize(text, field);
  const std::string* normalized = std::get_if<std::string>(&checked);
  if (normalized != nullptr && count_code_points(*normalized) < kMinPasswordCodePoints) {
    return field_error(field, "too_short", "Use at least 8 characters.");
  }
  return checked;
}

Checked<std::string> check_current_password(std::string_view text, std::string_view field) {
  return normalize(text, field);
}

}  // namespace tms::validators
