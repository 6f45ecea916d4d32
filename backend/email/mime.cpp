#include "backend/email/mime.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <stdexcept>

#include "backend/core/encoding.h"

namespace tms::email {
namespace {

// Letters only: readers, and tests, look for the code as the one run of eight digits.
constexpr std::string_view kBoundary = "=_next-part-of-the-mail";

bool has_line_break_or_nul(std::string_view text) {
  return text.find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos;
}

void require_header_safe(std::string_view text) {
  if (has_line_break_or_nul(text))
    throw std::invalid_argument("a mail header holds a line break or NUL");
}

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

bool is_atom_text(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == ' ' ||
           c == '-';
  });
}

std::string display_name(std::string_view name) {
  if (!is_ascii(name)) return encode_header_text(name);
  if (is_atom_text(name)) return std::string(name);
  std::string quoted = "\"";
  for (const char character : name) {
    if (character == '"' || character == '\\') quoted += '\\';
    quoted += character;
  }
  return quoted + '"';
}

void append_with_crlf(std::string& out, std::string_view text) {
  for (const char character : text) {
    if (character == '\n') out += '\r';
    out += character;
  }
}

void append_part(std::string& out, std::string_view type, std::string_view text) {
  out += "--";
  out += kBoundary;
  out += "\r\nContent-Type: ";
  out += type;
  out += "; charset=utf-8\r\nContent-Transfer-Encoding: ";
  out += is_ascii(text) ? "7bit" : "8bit";
  out += "\r\n\r\n";
  append_with_crlf(out, text);
  out += "\r\n";
}

bool is_plausible_address(std::string_view address) {
  const auto at = address.rfind('@');
  if (at == std::string_view::npos || at == 0 || at + 1 == address.size()) return false;
  return std::all_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7f &&
           c != '<' && c != '>' && c != ',' && c != ';';
  });
}

}  // namespace

std::optional<Sender> Sender::parse(std::string_view text) {
  if (has_line_break_or_nul(text)) return std::nullopt;
  Sender sender;
  const auto open = text.find('<');
  if (open == std::string_view::npos) {
    sender.address = text;
  } else {
    if (!text.ends_with('>')) return std::nullopt;
    sender.address = text.substr(open + 1, text.size() - open - 2);
    const auto name = text.substr(0, open);
    const auto end = name.find_last_not_of(' ');
    if (end != std::string_view::npos) sender.name = name.substr(0, end + 1);
  }
  if (!is_plausible_address(sender.address)) return std::nullopt;
  return sender;
}

std::string_view Sender::domain() const {
  return std::string_view(address).substr(address.rfind('@') + 1);
}

std::string render_sender(const Sender& sender) {
  if (sender.name.empty()) return sender.address;
  return display_name(sender.name) + " <" + sender.address + ">";
}

std::string format_mail_date(core::Timestamp time) {
  constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(std::chrono::floor<std::chrono::seconds>(time - day));
  std::array<char, 64> text{};
  (void)std::snprintf(
      text.data(), text.size(), "%s, %u %s %d %02d:%02d:%02d +0000",
      kDays.at(std::chrono::weekday(day).c_encoding()), static_cast<unsigned>(date.day()),
      kMonths.at(static_cast<unsigned>(date.month()) - 1), static_cast<int>(date.year()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return text.data();
}

std::string encode_header_text(std::string_view text) {
  if (is_ascii(text)) return std::string(text);
  // An encoded word has at most 75 characters: 45 bytes become 60 of base64. Cut between code points.
  constexpr std::size_t kMaxBytes = 45;
  std::string words;
  while (!text.empty()) {
    std::size_t size = std::min(kMaxBytes, text.size());
    while (size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
      --size;
    if (!words.empty()) words += "\r\n ";
    words += "=?UTF-8?B?" + core::base64_encode(core::as_bytes(text.substr(0, size))) + "?=";
    text.remove_prefix(size);
  }
  return words;
}

std::string render_mime(const Message& message, const Sender& sender) {
  for (const std::string_view value :
       {std::string_view(message.recipient), std::string_view(message.subject),
        std::string_view(message.message_id), std::string_view(sender.name),
        std::string_view(sender.address)}) {
    require_header_safe(value);
  }
  std::string mail;
  mail += "Date: " + format_mail_date(message.date) + "\r\n";
  mail += "From: ";
  mail += render_sender(sender);
  mail += "\r\nTo: " + message.recipient + "\r\n";
  mail += "Subject: " + encode_header_text(message.subject) + "\r\n";
  mail += "Message-ID: <" + message.message_id + "@" + std::string(sender.domain()) + ">\r\n";
  // RFC 3834: no out-of-office answers to these.
  mail += "Auto-Submitted: auto-generated\r\n";
  mail += "MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary=\"";
  mail += kBoundary;
  mail += "\"\r\n\r\n";
  append_part(mail, "text/plain", message.text);
  append_part(mail, "text/html", message.html);
  mail += "--";
  mail += kBoundary;
  mail += "--\r\n";
  return mail;
}

}  // namespace tms::email
