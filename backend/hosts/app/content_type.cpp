#include "backend/hosts/app/content_type.h"

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {

bool is_json_body(const http::Request& request) {
  if (request.count_headers("content-type") != 1) return false;
  if (request.count_headers("content-encoding") != 0) return false;
  std::string_view rest = *request.header("content-type");
  if (!equals_ignoring_case(trim(take_until(rest, ';')), "application/json")) return false;
  while (!rest.empty()) {
    const std::string_view parameter = trim(take_until(rest, ';'));
    if (!equals_ignoring_case(parameter, "charset=utf-8") &&
        !equals_ignoring_case(parameter, "charset=\"utf-8\"")) {
      return false;
    }
  }
  return true;
}

}  // namespace tms::hosts
