#include "backend/validators/username.h"

#include <algorithm>
#include <array>

#include "backend/validators/ascii.h"

namespace tms::validators {
namespace {

/// Sorted, lower case, without separators.
constexpr std::array<std::string_view, 54> kReserved{
    "abuse",        "account",   "accounts",   "admin",    "administrator", "anonymous",
    "api",          "auth",      "billing",    "bot",      "contact",       "daemon",
    "everyone",     "guest",     "help",       "helpdesk", "hostmaster",    "inbox",
    "info",         "local",     "localhost",  "login",    "logout",        "mail",
    "mailerdaemon", "me",        "moderator",  "nobody",   "noreply",       "null",
    "operator",     "owner",     "postmaster", "register", "root",          "sales",
    "security",     "service",   "settings",   "signin",   "signup",        "staff",
    "static",       "superuser", "support",    "sysadmin", "system",        "team",
    "tms",          "undefined", "user",       "users",    "webmaster",     "www"};
static_assert(std::is_sorted(kReserved.begin(), kReserved.end()));

bool is_allowed(char character) {
  return is_ascii_letter_or_digit(character) || character == '.' || character == '_' ||
         character == '-';
}

/// `ad-min` reads like `admin`, so separators do not count.
bool is_reserved(std::string_view folded) {
  std::string bare;
  std::copy_if(folded.begin(), folded.end(), std::back_inserter(bare), is_ascii_letter_or_digit);
  return std::binary_search(kReserved.begin(), kReserved.end(), bare);
}

}  // namespace

Checked<Username> check_username(std::string_view text, std::string_view field) {
  if (text.size() < kMinUsername)
    return field_error(field, "too_short", "Use at least 3 characters.");
  if (!std::all_of(text.begin(), text.end(), is_allowed)) {
    return field_error(field, "invalid",
                       "Use letters A to Z, digits, dot, underscore and hyphen only.");
  }
  if (text.size() > kMaxUsername)
    return field_error(field, "too_long", "Use at most 32 characters.");
  std::string folded = ascii_lower_case(text);
  const bool has_letter_or_digit = std::any_of(text.begin(), text.end(), is_ascii_letter_or_digit);
  if (!has_letter_or_digit)
    return field_error(field, "invalid", "Use at least one letter or digit.");
  if (is_reserved(folded))
    return field_error(field, "invalid", "This name is reserved. Choose another.");
  return Username{std::string(text), std::move(folded)};
}

}  // namespace tms::validators
