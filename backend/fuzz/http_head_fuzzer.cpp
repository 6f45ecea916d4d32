// Request heads: the scanner finds the same end in one piece as byte by byte, and a head that is
// accepted says in one way only where its request ends.

#include <algorithm>

#include "backend/core/utf8.h"
#include "backend/fuzz/fuzz.h"
#include "backend/hosts/server/http_head.h"

namespace {

using tms::fuzz::require;
using tms::hosts::HeadScanner;
using Progress = HeadScanner::Progress;

void require_one_message_length(const tms::hosts::RequestHead& head) {
  require(!(head.chunked && head.content_length));
  const auto count = [&](std::string_view name) {
    return std::count_if(head.headers.begin(), head.headers.end(),
                         [&](const auto& header) { return header.first == name; });
  };
  require(count("content-length") <= 1);
  require(head.chunked == (count("transfer-encoding") == 1));
  require(head.target.starts_with('/'));
  for (const auto& [name, value] : head.headers) {
    require(!name.empty() && tms::core::is_valid_utf8(value));
    require(value.find_first_of("\r\n") == std::string::npos);
    require(value.find('\0') == std::string::npos);
  }
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tms::fuzz::as_text(data, size);
  const tms::hosts::ServerLimits limits;

  HeadScanner at_once(limits);
  const auto whole = at_once.scan(text);

  HeadScanner by_bytes(limits);
  auto progress = Progress::incomplete;
  for (std::size_t given = 1; given <= size && progress == Progress::incomplete; ++given)
    progress = by_bytes.scan(text.substr(0, given));
  require(size == 0 || progress == whole);

  if (whole != Progress::complete) return 0;
  require(by_bytes.begin() == at_once.begin() && by_bytes.end() == at_once.end());
  const auto read =
      parse_head(text.substr(at_once.begin(), at_once.end() - at_once.begin()), limits);
  if (const auto* head = std::get_if<tms::hosts::RequestHead>(&read))
    require_one_message_length(*head);
  return 0;
}
