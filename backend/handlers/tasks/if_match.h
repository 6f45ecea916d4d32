#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "backend/core/result.h"
#include "backend/http/request.h"

namespace tms::handlers {

/// The condition of an If-Match header (RFC 9110 section 13.1.1).
class IfMatch {
 public:
  /// No header: always true. `*` or a list of entity tags, several headers count as one list;
  /// anything else is malformed_request, for a condition that is not understood must not be dropped.
  static core::Result<IfMatch> parse(const http::Request& request);

  /// Strong comparison: a weak tag never matches.
  [[nodiscard]] bool matches(std::int64_t version) const;

 private:
  /// Nothing: every version will do.
  std::optional<std::vector<std::string>> strong_tags_;
};

}  // namespace tms::handlers
