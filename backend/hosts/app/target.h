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

/// Decodes a path as API Gateway hands it over: percent-encoded or not (a space may stand there as
/// itself). Nothing for a wrong percent sign, NUL or bytes that are no UTF-8.
std::optional<std::string> decode_path(std::string_view path);

}  // namespace tms::hosts
