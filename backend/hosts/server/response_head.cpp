#include "backend/hosts/server/response_head.h"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <string_view>

#include "backend/core/word.h"

namespace tms::hosts {
namespace {

// The security headers alone are 700 bytes.
constexpr std::size_t kTypicalHead = 1200;

std::string_view reason_phrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 304:
      return "Not Modified";
    case 308:
      return "Permanent Redirect";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 410:
      return "Gone";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 422:
      return "Unprocessable Content";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 503:
      return "Service Unavailable";
    default:
      // RFC 9112 section 4 allows an empty phrase.
      return "";
  }
}

bool is_clean(std::string_view value) {
  // Every answer has a dozen of them, and none ever holds such a character.
  while (value.size() >= sizeof(core::Word)) {
    const core::Word word = core::load_word(value);
    if (core::has_byte_below(word, 0x20) || core::has_byte(word, '\x7f')) break;
    value.remove_prefix(sizeof(core::Word));
  }
  return std::none_of(value.begin(), value.end(), [](char character) {
    const auto byte = static_cast<unsigned char>(character);
    return (byte < 0x20 && character != '\t') || byte == 0x7f;
  });
}

void append_field(std::string& head, std::string_view name, std::string_view value) {
  if (!is_clean(value))
    throw std::logic_error("control character in the header " + std::string(name));
  head += name;
  head += ": ";
  head += value;
  head += "\r\n";
}

// IMF-fixdate (RFC 9110 section 5.6.7). Not strftime: its names of days hang on the locale.
std::string format_http_date(std::time_t now) {
  constexpr std::array<std::string_view, 7> kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array<std::string_view, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm time{};
  gmtime_r(&now, &time);
  const auto two_digits = [](int number) {
    return std::string{static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
  };
  std::string text(kDays.at(static_cast<std::size_t>(time.tm_wday)));
  text += ", " + two_digits(time.tm_mday) + " ";
  text += kMonths.at(static_cast<std::size_t>(time.tm_mon));
  text += " " + std::to_string(time.tm_year + 1900) + " " + two_digits(time.tm_hour) + ":";
  text += two_digits(time.tm_min) + ":" + two_digits(time.tm_sec) + " GMT";
  return text;
}

// Made once a second on each thread.
const std::string& http_date(std::time_t now) {
  thread_local std::time_t of = 0;
  thread_local std::string text;
  if (text.empty() || of != now) {
    text = format_http_date(now);
    of = now;
  }
  return text;
}

}  // namespace

std::string encode_response_head(const Answer& answer, AfterAnswer after, std::time_t now) {
  const http::Response& response = answer.response;
  std::string head;
  head.reserve(kTypicalHead);
  head += "HTTP/1.1 ";
  head += std::to_string(response.status);
  head += ' ';
  head += reason_phrase(response.status);
  head += "\r\n";
  append_field(head, "Date", http_date(now));
  if (response.status != 204 && response.status != 304) {
    append_field(head, "Content-Length", std::to_string(answer.body().size()));
  }
  for (const auto& [name, value] : response.headers)
    append_field(head, name, value);
  for (const std::string& cookie : response.set_cookies)
    append_field(head, "Set-Cookie", cookie);
  if (after == AfterAnswer::close) append_field(head, "Connection", "close");
  head += "\r\n";
  return head;
}

}  // namespace tms::hosts
