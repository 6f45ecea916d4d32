#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "backend/http/request.h"
#include "backend/http/route_table.h"

namespace tms::http {

/// What a path and method lead to: a route with its path parameters, or, for a path that is known
/// under other methods only, the value of the Allow header; or neither (404).
struct RouteMatch {
  const Route* route = nullptr;
  std::vector<NameValue> path_parameters;
  std::string allow;
};

/// Finds the row of kRouteTable. HEAD is answered where GET is.
RouteMatch match_route(Method method, std::string_view path);

/// The row of that action, or null.
const Route* find_route(std::string_view action);

}  // namespace tms::http
