#include "backend/hosts/server/http_head.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include "backend/core/utf8.h"
#include "backend/core/word.h"
#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

using core::ErrorCode;

// More digits than any limit; keeps the number within 64 bits.
constexpr std::size_t kMostLengthDigits = 18;

// RFC 9110 section 5.6.2.
bool is_token(std::string_view text) {
  constexpr std::string_view kMarks = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char character) {
    const char lower = to_lower(character);
    return is_digit(lower) || (lower >= 'a' && lower <= 'z') ||
           kMarks.find(lower) != std::string_view::npos;
  });
}

bool is_host(std::string_view text) {
  constexpr std::string_view kMarks = ".-_:[]";
  return !text.empty() && std::all_of(text.begin(), text.end(), [&](char character) {
    const char lower = to_lower(character);
    return is_digit(lower) || (lower >= 'a' && lower <= 'z') ||
           kMarks.find(lower) != std::string_view::npos;
  });
}

std::string_view take_line(std::string_view& text) {
  const auto end = text.find("\r\n");
  const std::string_view line = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view{} : text.substr(end + 2);
  return line;
}

// Whether the comma-separated list holds `token`.
bool lists(std::string_view list, std::string_view token) {
  while (!list.empty()) {
    if (equals_ignoring_case(trim(take_until(list, ',')), token)) return true;
  }
  return false;
}

// What the fields that frame the message said, before they are weighed against each other.
struct Framing {
  bool http_1_0 = false;
  int hosts = 0;
  int content_lengths = 0;
  int transfer_encodings = 0;
};

std::optional<std::string_view> read_request_line(std::string_view line,
                                                  RequestHead& head,
                                                  Framing& framing) {
  const std::string_view method = take_until(line, ' ');
  if (!is_token(method)) return "The method is no token.";
  const std::string_view target = take_until(line, ' ');
  if (!target.starts_with('/')) return "The target must be a path.";
  if (line == "HTTP/1.0") {
    framing.http_1_0 = true;
    head.closes = true;
  } else if (line != "HTTP/1.1") {
    return "The request line must end with HTTP/1.1.";
  }
  head.method = method;
  head.target = target;
  return std::nullopt;
}

std::optional<std::string_view> note_framing(std::string_view name,
                                             std::string_view value,
                                             RequestHead& head,
                                             Framing& framing) {
  if (name == "host") {
    ++framing.hosts;
    if (!is_host(value)) return "The Host field is no host.";
    head.host = value;
  } else if (name == "content-length") {
    ++framing.content_lengths;
    const bool digits = !value.empty() && value.size() <= kMostLengthDigits &&
                        std::all_of(value.begin(), value.end(), is_digit);
    if (!digits) return "The Content-Length is no number.";
    std::uint64_t length = 0;
    std::from_chars(value.data(), value.data() + value.size(), length);
    head.content_length = length;
  } else if (name == "transfer-encoding") {
    ++framing.transfer_encodings;
    if (!equals_ignoring_case(value, "chunked")) return "The only transfer encoding is chunked.";
    head.chunked = true;
  } else if (name == "connection") {
    if (lists(value, "close")) head.closes = true;
  } else if (name == "expect") {
    if (!equals_ignoring_case(value, "100-continue"))
      return "The only expectation is 100-continue.";
    head.expects_continue = true;
  }
  return std::nullopt;
}

std::optional<std::string_view> read_field(std::string_view line,
                                           RequestHead& head,
                                           Framing& framing) {
  if (line.front() == ' ' || line.front() == '\t') return "A header field is folded.";
  const auto colon = line.find(':');
  if (colon == std::string_view::npos) return "A header field has no colon.";
  if (!is_token(line.substr(0, colon))) return "The name of a header field is no token.";
  const std::string name = to_lower(line.substr(0, colon));
  const std::string_view value = trim(line.substr(colon + 1));
  if (!core::is_valid_utf8(value)) return "A header field is not UTF-8.";
  if (const auto problem = note_framing(name, value, head, framing)) return problem;
  head.headers.emplace_back(name, value);
  return std::nullopt;
}

std::optional<std::string_view> weigh(const Framing& framing) {
  if (framing.hosts > 1) return "There are several Host fields.";
  if (framing.hosts == 0 && !framing.http_1_0) return "There is no Host field.";
  if (framing.content_lengths > 1) return "There are several Content-Length fields.";
  if (framing.transfer_encodings > 1) return "There are several Transfer-Encoding fields.";
  if (framing.transfer_encodings > 0 && framing.content_lengths > 0) {
    return "There are both Content-Length and Transfer-Encoding.";
  }
  if (framing.transfer_encodings > 0 && framing.http_1_0)
    return "HTTP/1.0 has no transfer encoding.";
  return std::nullopt;
}

}  // namespace

HeadScanner::Progress HeadScanner::refuse(ErrorCode code, std::string_view reason) {
  problem_ = {code, reason};
  return Progress::refused;
}

// Eight bytes at a time within a line, and never past the limit.
void HeadScanner::skip_plain(std::string_view bytes) {
  while (position_ + sizeof(core::Word) <= bytes.size() &&
         position_ + sizeof(core::Word) <= begin_ + most_bytes_) {
    const core::Word word = core::load_word(bytes.substr(position_));
    if (core::has_byte_below(word, 0x20) || core::has_byte(word, '\x7f')) return;
    position_ += sizeof(core::Word);
    line_length_ += sizeof(core::Word);
  }
}

HeadScanner::Progress HeadScanner::scan(std::string_view bytes) {
  while (position_ < bytes.size()) {
    skip_plain(bytes);
    if (position_ == bytes.size()) break;
    const char character = bytes[position_];
    if (position_ - begin_ >= most_bytes_) {
      return refuse(ErrorCode::headers_too_large, "Request line and header fields are too long.");
    }
    if (character == '\r') {
      if (position_ + 1 == bytes.size()) return Progress::incomplete;
      if (bytes[position_ + 1] != '\n')
        return refuse(ErrorCode::malformed_request, "A line ends without CRLF.");
      position_ += 2;
      if (line_length_ == 0 && position_ > 2) return Progress::complete;
      if (line_length_ == 0) begin_ = position_;
      line_length_ = 0;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    if ((byte < 0x20 && character != '\t') || byte == 0x7f) {
      return refuse(ErrorCode::malformed_request, "There is a control character in the head.");
    }
    ++line_length_;
    ++position_;
  }
  return Progress::incomplete;
}

std::variant<RequestHead, HeadProblem> parse_head(std::string_view text,
                                                  const ServerLimits& limits) {
  RequestHead head;
  Framing framing;
  if (const auto problem = read_request_line(take_line(text), head, framing)) {
    return HeadProblem{ErrorCode::malformed_request, *problem};
  }
  for (std::string_view line = take_line(text); !line.empty(); line = take_line(text)) {
    if (head.headers.size() == limits.header_fields) {
      return HeadProblem{ErrorCode::headers_too_large, "There are too many header fields."};
    }
    if (const auto problem = read_field(line, head, framing)) {
      return HeadProblem{ErrorCode::malformed_request, *problem};
    }
  }
  if (const auto problem = weigh(framing))
    return HeadProblem{ErrorCode::malformed_request, *problem};
  return head;
}

}  // namespace tms::hosts
