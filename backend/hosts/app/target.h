#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/http/request.h"

namespace tms::hosts {

/// A request target, decoded once.
struct Target {
  std::string path;
  std::vector<http::NameValue> query;
};

/// Reads an origin-form target (RFC 9112 section 3.2.1). Nothing for any other form, for a percent
/// sign without two hexadecimal digits, for NUL and for bytes that are no UTF-8. In the query `+`
/// is a space, as browsers' URLSearchParams write it.
std::optional<Target> parse_target(std::string_view text);

}  // namespace tms::hosts
