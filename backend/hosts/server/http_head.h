#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "backend/core/error.h"
#include "backend/hosts/app/limits.h"
#include "backend/http/request.h"

namespace tms::hosts {

/// Request line and header fields of one HTTP/1 request.
struct RequestHead {
  std::string method;
  std::string target;
  /// Names in lower case, values trimmed and valid UTF-8.
  std::vector<http::NameValue> headers;
  std::string host;
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  /// HTTP/1.0, or `Connection: close`.
  bool closes = false;
  bool expects_continue = false;

  [[nodiscard]] bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

/// Why a head is refused: malformed_request or headers_too_large, and a reason for client and log
/// that repeats nothing of the request.
struct HeadProblem {
  core::ErrorCode code = core::ErrorCode::malformed_request;
  std::string_view reason;
};

/// Finds the end of a head in bytes that arrive piece by piece, and what cannot become one: a line
/// end other than CRLF, a control character, too many bytes. Looks at each byte once.
class HeadScanner {
 public:
  explicit HeadScanner(const ServerLimits& limits) : most_bytes_(limits.head_bytes) {}

  enum class Progress { incomplete, complete, refused };

  /// `bytes` is everything since the start of the request, what was given before included.
  Progress scan(std::string_view bytes);

  /// After `complete`: where the head begins (an empty line before it is skipped, RFC 9112 section
  /// 2.2) and the first byte after its empty line.
  [[nodiscard]] std::size_t begin() const { return begin_; }
  [[nodiscard]] std::size_t end() const { return position_; }

  /// After `refused`.
  [[nodiscard]] const HeadProblem& problem() const { return problem_; }

 private:
  void skip_plain(std::string_view bytes);
  Progress refuse(core::ErrorCode code, std::string_view reason);

  std::size_t most_bytes_;
  std::size_t begin_ = 0;
  std::size_t position_ = 0;
  // Bytes of the line that `position_` stands in.
  std::size_t line_length_ = 0;
  HeadProblem problem_;
};

/// Reads a whole head, from the request line to the empty line. Stricter than most servers, because
/// two readers that disagree about where a request ends are how requests are smuggled (RFC 9112;
/// security checklist, row 53): one space between the parts of the request line, origin-form target,
/// HTTP/1.0 or 1.1, one Host, no white space around a field name, no folded lines, at most one
/// Content-Length of digits only, no Transfer-Encoding but a single `chunked`, never both.
std::variant<RequestHead, HeadProblem> parse_head(std::string_view text,
                                                  const ServerLimits& limits);

}  // namespace tms::hosts
