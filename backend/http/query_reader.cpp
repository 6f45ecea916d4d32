#include "backend/http/query_reader.h"

#include <algorithm>

#include "backend/core/utf8.h"
#include "backend/http/body_reader.h"

namespace tms::http {
namespace {

constexpr std::string_view kCacheKey = "v";

}  // namespace

QueryReader::QueryReader(const Request& request, std::initializer_list<std::string_view> allowed)
    : request_(request) {
  std::vector<std::string_view> seen;
  for (const auto& [name, value] : request.query) {
    if (!core::is_valid_utf8(name) || !core::is_valid_utf8(value)) {
      is_malformed_ = true;
      return;
    }
    if (name == kCacheKey) continue;
    if (std::find(allowed.begin(), allowed.end(), name) == allowed.end()) {
      add_error({name, "unknown", "This query name is not known here."});
    } else if (std::find(seen.begin(), seen.end(), name) != seen.end()) {
      add_error({name, "invalid", "This query name comes more than once."});
    }
    seen.push_back(name);
  }
}

std::optional<std::string_view> QueryReader::find(std::string_view name) const {
  for (const auto& [key, value] : request_.query) {
    if (key == name) return value;
  }
  return std::nullopt;
}

void QueryReader::add_error(core::FieldError error) {
  const bool is_noted =
      std::any_of(errors_.begin(), errors_.end(),
                  [&](const core::FieldError& noted) { return noted.field == error.field; });
  if (!is_noted && errors_.size() < kMostFieldErrors) errors_.push_back(std::move(error));
}

std::optional<core::Error> QueryReader::finish() const {
  if (is_malformed_) {
    core::Error error;
    error.code = core::ErrorCode::malformed_request;
    error.detail.value = "The query must be UTF-8.";
    return error;
  }
  if (errors_.empty()) return std::nullopt;
  return validation_error(errors_);
}

std::optional<core::Error> refuse_query(const Request& request) {
  return QueryReader(request, {}).finish();
}

}  // namespace tms::http
