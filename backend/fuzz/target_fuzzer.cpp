// Request targets: what is accepted is valid UTF-8 without NUL, begins with a slash, and can be
// looked up in the route table.

#include "backend/core/utf8.h"
#include "backend/fuzz/fuzz.h"
#include "backend/hosts/app/target.h"
#include "backend/http/router.h"

namespace {

void require_clean(std::string_view text) {
  tms::fuzz::require(tms::core::is_valid_utf8(text));
  tms::fuzz::require(text.find('\0') == std::string_view::npos);
}

}  // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto target = tms::hosts::parse_target(tms::fuzz::as_text(data, size));
  if (!target) return 0;
  tms::fuzz::require(target->path.starts_with('/'));
  require_clean(target->path);
  for (const auto& [name, value] : target->query) {
    require_clean(name);
    require_clean(value);
  }
  const auto match = tms::http::match_route(tms::http::Method::get, target->path);
  tms::fuzz::require(match.route == nullptr || match.allow.empty());
  return 0;
}
