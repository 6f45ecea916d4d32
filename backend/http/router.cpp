#include "backend/http/router.h"

namespace tms::http {
namespace {

std::string_view take_segment(std::string_view& path) {
  path.remove_prefix(1);
  const auto end = path.find('/');
  const std::string_view segment = path.substr(0, end);
  path = end == std::string_view::npos ? std::string_view{} : path.substr(end);
  return segment;
}

bool matches(std::string_view pattern, std::string_view path, std::vector<NameValue>& parameters) {
  parameters.clear();
  while (!pattern.empty() && !path.empty()) {
    if (path.front() != '/') return false;
    const std::string_view expected = take_segment(pattern);
    const std::string_view actual = take_segment(path);
    if (expected.starts_with('{')) {
      if (actual.empty()) return false;
      parameters.emplace_back(expected.substr(1, expected.size() - 2), actual);
    } else if (expected != actual) {
      return false;
    }
  }
  return pattern.empty() && path.empty();
}

void append_allowed(std::string& allow, Method method) {
  if (!allow.empty()) allow += ", ";
  allow += to_string(method);
  if (method == Method::get) allow += ", HEAD";
}

}  // namespace

RouteMatch match_route(Method method, std::string_view path) {
  const Method wanted = method == Method::head ? Method::get : method;
  RouteMatch match;
  std::vector<NameValue> parameters;
  for (const Route& route : kRouteTable) {
    if (!matches(route.pattern, path, parameters)) continue;
    if (route.method == wanted) {
      match.route = &route;
      match.path_parameters = std::move(parameters);
      match.allow.clear();
      return match;
    }
    append_allowed(match.allow, route.method);
  }
  return match;
}

const Route* find_route(std::string_view action) {
  for (const Route& route : kRouteTable) {
    if (route.action == action) return &route;
  }
  return nullptr;
}

}  // namespace tms::http
