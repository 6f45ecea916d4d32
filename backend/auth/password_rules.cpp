#include "backend/auth/password_rules.h"

#include <string>

#include "backend/auth/common_passwords.h"
#include "backend/validators/password.h"
#include "backend/validators/text.h"

namespace tms::auth {

std::variant<std::string, core::FieldError> check_settable_password(std::string_view text,
                                                                    std::string_view field) {
  auto checked = validators::check_new_password(text, field);
  const auto* password = std::get_if<std::string>(&checked);
  if (password != nullptr && is_common_password(*password)) {
    return core::FieldError{std::string(field), "common_password",
                            "Many people use this password. Choose another."};
  }
  return checked;
}

std::optional<core::FieldError> check_not_account(std::string_view password,
                                                  std::string_view username,
                                                  std::string_view email,
                                                  std::string_view field) {
  const std::string folded = validators::casefold(password);
  const std::string folded_email = validators::casefold(email);
  const std::string local_part = folded_email.substr(0, folded_email.find('@'));
  if (folded != validators::casefold(username) && folded != folded_email && folded != local_part) {
    return std::nullopt;
  }
  return core::FieldError{std::string(field), "same_as_account",
                          "Choose a password that is not your name or e-mail."};
}

}  // namespace tms::auth
