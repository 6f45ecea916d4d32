#pragma once

#include <string_view>

namespace tms::http {

/// The methods that routes use; everything else is `other` and answered with 405.
enum class Method { get, head, post, patch, del, put, options, other };

/// The name on the wire, such as "DELETE"; "OTHER" for `other`.
std::string_view to_string(Method method);

/// Compares exactly, as RFC 9110 section 9.1 wants; unknown names are `other`.
Method parse_method(std::string_view name);

/// GET and HEAD change nothing; every other method counts as a write.
constexpr bool is_safe(Method method) {
  return method == Method::get || method == Method::head;
}

}  // namespace tms::http
