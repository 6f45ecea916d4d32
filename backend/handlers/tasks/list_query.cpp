#include "backend/handlers/tasks/list_query.h"

#include <string_view>

#include "backend/http/query_reader.h"
#include "backend/validators/due_date.h"
#include "backend/validators/search_text.h"

namespace tms::handlers {
namespace {

core::Error error(core::ErrorCode code, std::string_view detail) {
  core::Error error;
  error.code = code;
  error.detail.value = detail;
  return error;
}

core::Result<ListQuery> read_changes_query(const http::Request& request) {
  http::QueryReader query(
      request, {"since", "status", "q", "due_from", "due_to", "sort", "limit", "cursor"});
  for (const std::string_view name :
       {"status", "q", "due_from", "due_to", "sort", "limit", "cursor"}) {
    if (query.find(name))
      query.add_error({std::string(name), "invalid", "Nothing may stand beside since."});
  }
  if (auto wrong = query.finish()) return std::move(*wrong);

  const std::string text(*query.find("since"));
  auto mark = SinceMark::decode(text);
  if (!mark)
    return error(core::ErrorCode::invalid_since,
                 "Pass back the since of an earlier answer as it came.");
  return ListQuery(ChangesQuery{std::move(*mark), text});
}

core::Result<ListQuery> read_page_query(const http::Request& request) {
  http::QueryReader query(request,
                          {"status", "q", "due_from", "due_to", "sort", "limit", "cursor"});
  PageQuery page;
  if (const auto text = query.find("status"))
    page.status = query.check(validators::check_status(*text));
  if (const auto text = query.find("q"))
    page.search = query.check(validators::check_search_text(*text));
  if (const auto text = query.find("due_from")) {
    page.due_from = query.check(validators::check_due_date(*text, "due_from"));
  }
  if (const auto text = query.find("due_to")) {
    page.due_to = query.check(validators::check_due_date(*text, "due_to"));
  }
  if (const auto text = query.find("sort")) {
    page.sort = query.check(validators::check_sort(*text)).value_or(validators::kDefaultSort);
  }
  if (const auto text = query.find("limit")) {
    page.limit = query.check(validators::check_limit(*text)).value_or(validators::kDefaultLimit);
  }
  if (auto wrong = query.finish()) return std::move(*wrong);

  if (const auto text = query.find("cursor")) {
    page.after = decode_cursor(*text, page.sort, page.filter_fingerprint());
    if (!page.after) {
      return error(core::ErrorCode::invalid_cursor,
                   "Pass back next_cursor with the sort and filters it came with.");
    }
  }
  return ListQuery(std::move(page));
}

}  // namespace

std::uint64_t PageQuery::filter_fingerprint() const {
  // FNV-1a: it guards against mistakes, not against forgery, which gains nothing here.
  std::uint64_t hash = 0xcbf29ce484222325U;
  const auto add = [&](std::string_view text) {
    for (const char character : text)
      hash = (hash ^ static_cast<unsigned char>(character)) * 0x100000001b3U;
  };
  const auto add_field = [&](char name, std::optional<std::string_view> text) {
    if (!text) return;
    // NUL is in no checked value, so it ends each one clearly.
    add(std::string_view(&name, 1));
    add(*text);
    add(std::string_view("\0", 1));
  };
  if (status) add_field('s', to_string(*status));
  add_field('q', search);
  add_field('f', due_from);
  add_field('t', due_to);
  return hash;
}

core::Result<ListQuery> read_list_query(const http::Request& request) {
  const bool wants_changes = http::QueryReader(request, {}).find("since").has_value();
  return wants_changes ? read_changes_query(request) : read_page_query(request);
}

}  // namespace tms::handlers
