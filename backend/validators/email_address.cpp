#include "backend/validators/email_address.h"

#include <algorithm>

#include "backend/validators/ascii.h"

namespace tms::validators {
namespace {

/// RFC 1035 section 2.3.4.
constexpr std::size_t kMaxLabel = 63;

bool is_atext(char character) {
  constexpr std::string_view kMarks = "!#$%&'*+-/=?^_`{|}~";
  return is_ascii_letter_or_digit(character) || kMarks.find(character) != std::string_view::npos;
}

bool is_atom(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_atext);
}

bool is_host_label(std::string_view text) {
  return !text.empty() && text.size() <= kMaxLabel && text.front() != '-' && text.back() != '-' &&
         std::all_of(text.begin(), text.end(), [](char character) {
           return is_ascii_letter_or_digit(character) || character == '-';
         });
}

template <class Rule>
bool all_parts(std::string_view text, Rule rule) {
  while (true) {
    const auto dot = text.find('.');
    if (!rule(text.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    text.remove_prefix(dot + 1);
  }
}

bool is_host_name(std::string_view text) {
  const auto last_dot = text.rfind('.');
  if (last_dot == std::string_view::npos) return false;
  const std::string_view last = text.substr(last_dot + 1);
  return all_parts(text, is_host_label) && !std::all_of(last.begin(), last.end(), is_ascii_digit);
}

/// `=?utf-8?q?=0d=0a?=@example.org` is an address by RFC 5321, but there are mail programs that decode
/// such a word (RFC 2047) wherever it stands, and find line breaks or another address in it.
bool looks_like_encoded_word(std::string_view text) {
  return text.find("=?") != std::string_view::npos;
}

}  // namespace

Checked<EmailAddress> check_email_address(std::string_view text, std::string_view field) {
  if (text.size() > kMaxEmail) return field_error(field, "too_long", "Use at most 254 characters.");
  const auto at = text.rfind('@');
  // Without an @, `at` is beyond every length.
  if (at > kMaxEmailLocalPart || looks_like_encoded_word(text) ||
      !all_parts(text.substr(0, at), is_atom) || !is_host_name(text.substr(at + 1))) {
    return field_error(field, "invalid", "Enter an e-mail address such as name@example.org.");
  }
  return EmailAddress{std::string(text), ascii_lower_case(text)};
}

}  // namespace tms::validators
