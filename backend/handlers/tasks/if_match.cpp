#include "backend/handlers/tasks/if_match.h"

#include <algorithm>

#include "backend/handlers/tasks/task.h"

namespace tms::handlers {
namespace {

core::Error malformed() {
  core::Error error;
  error.code = core::ErrorCode::malformed_request;
  error.detail.value = "If-Match must be * or a list of entity tags in double quotes.";
  return error;
}

bool is_tag_character(char character) {
  const auto byte = static_cast<unsigned char>(character);
  return byte == 0x21 || (byte >= 0x23 && byte <= 0x7e) || byte >= 0x80;
}

void skip_space(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
}

/// Takes one entity tag off the front of `text`; a strong one is added to `strong_tags`.
bool take_tag(std::string_view& text, std::vector<std::string>& strong_tags) {
  const bool is_weak = text.starts_with("W/");
  if (is_weak) text.remove_prefix(2);
  if (text.empty() || text.front() != '"') return false;
  std::size_t end = 1;
  while (end < text.size() && is_tag_character(text[end]))
    ++end;
  if (end == text.size() || text[end] != '"') return false;
  if (!is_weak) strong_tags.emplace_back(text.substr(0, end + 1));
  text.remove_prefix(end + 1);
  return true;
}

/// RFC 9110 section 5.6.1: elements between commas, empty ones are skipped, at least one.
bool take_list(std::string_view text, std::vector<std::string>& strong_tags) {
  bool has_element = false;
  while (true) {
    skip_space(text);
    if (!text.empty() && text.front() != ',') {
      if (!take_tag(text, strong_tags)) return false;
      has_element = true;
      skip_space(text);
    }
    if (text.empty()) return has_element;
    if (text.front() != ',') return false;
    text.remove_prefix(1);
  }
}

}  // namespace

core::Result<IfMatch> IfMatch::parse(const http::Request& request) {
  std::string joined;
  std::size_t count = 0;
  for (const auto& [name, value] : request.headers) {
    if (name != "if-match") continue;
    if (count++ > 0) joined += ',';
    joined += value;
  }

  IfMatch condition;
  if (count == 0 || joined == "*") return condition;
  condition.strong_tags_.emplace();
  if (!take_list(joined, *condition.strong_tags_)) return malformed();
  return condition;
}

bool IfMatch::matches(std::int64_t version) const {
  if (!strong_tags_) return true;
  return std::find(strong_tags_->begin(), strong_tags_->end(), entity_tag(version)) !=
         strong_tags_->end();
}

}  // namespace tms::handlers
