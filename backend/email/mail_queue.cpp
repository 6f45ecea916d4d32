#include "backend/email/mail_queue.h"

#include <array>
#include <stdexcept>
#include <utility>

namespace tms::email {
namespace {

constexpr std::array<std::pair<MailKind, std::string_view>, 5> kKinds{{
    {MailKind::signup_code, "signup_code"},
    {MailKind::already_registered, "already_registered"},
    {MailKind::reset_code, "reset_code"},
    {MailKind::password_changed, "password_changed"},
    {MailKind::nothing, "nothing"},
}};

}  // namespace

std::string_view to_string(MailKind kind) {
  for (const auto& [candidate, name] : kKinds) {
    if (candidate == kind) return name;
  }
  throw std::logic_error("unknown kind of mail");
}

std::optional<MailKind> parse_mail_kind(std::string_view text) {
  for (const auto& [kind, name] : kKinds) {
    if (name == text) return kind;
  }
  return std::nullopt;
}

}  // namespace tms::email
