#include "backend/hosts/app/origin_check.h"

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

std::string_view scheme_of(std::string_view origin) {
  return origin.substr(0, origin.find(':'));
}

}  // namespace

bool is_same_origin(const http::Request& request, std::string_view public_origin) {
  if (http::is_safe(request.method)) return true;
  if (request.count_headers("sec-fetch-site") > 1 || request.count_headers("origin") > 1)
    return false;
  if (const auto site = request.header("sec-fetch-site")) return *site == "same-origin";
  const auto origin = request.header("origin");
  if (!origin) return true;
  if (equals_ignoring_case(*origin, public_origin)) return true;
  if (request.host.empty()) return false;
  std::string own(scheme_of(public_origin));
  own += "://";
  own += request.host;
  return equals_ignoring_case(*origin, own);
}

}  // namespace tms::hosts
