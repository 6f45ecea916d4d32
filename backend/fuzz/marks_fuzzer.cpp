// What clients hand back of ours: cursors, `since` marks and conditions. One mark has one text.

#include "backend/core/encoding.h"
#include "backend/fuzz/fuzz.h"
#include "backend/handlers/tasks/if_match.h"
#include "backend/handlers/tasks/list_cursor.h"
#include "backend/handlers/tasks/since_mark.h"

namespace {

using tms::fuzz::require;

constexpr std::uint64_t kFilters = 7;

void read_cursor(std::string_view text, tms::validators::Sort sort) {
  if (const auto position = tms::handlers::decode_cursor(text, sort, kFilters)) {
    require(tms::handlers::encode_cursor(*position, sort, kFilters) == text);
    require(!tms::handlers::decode_cursor(text, sort, kFilters + 1));
  }
}

void read_mark(std::string_view text) {
  read_cursor(text, tms::validators::Sort::created);
  read_cursor(text, tms::validators::Sort::due);
  if (const auto mark = tms::handlers::SinceMark::decode(text)) require(mark->encode() == text);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto text = tms::fuzz::as_text(data, size);
  read_mark(text);
  // Marks are base64url, which random bytes seldom are: encoded, they reach what lies behind.
  read_mark(tms::core::base64url_encode({data, size}));

  tms::http::Request request;
  request.headers.emplace_back("if-match", std::string(text));
  if (const auto condition = tms::handlers::IfMatch::parse(request); condition && text != "*") {
    // Versions begin at 1.
    require(!condition->matches(0) || text.find("\"0\"") != std::string_view::npos);
  }
  return 0;
}
