#include "backend/http/method.h"

#include <array>
#include <utility>

namespace tms::http {
namespace {

constexpr std::array<std::pair<Method, std::string_view>, 7> kNames{{
    {Method::get, "GET"},
    {Method::head, "HEAD"},
    {Method::post, "POST"},
    {Method::patch, "PATCH"},
    {Method::del, "DELETE"},
    {Method::put, "PUT"},
    {Method::options, "OPTIONS"},
}};

}  // namespace

std::string_view to_string(Method method) {
  for (const auto& [candidate, name] : kNames) {
    if (candidate == method) return name;
  }
  return "OTHER";
}

Method parse_method(std::string_view name) {
  for (const auto& [method, candidate] : kNames) {
    if (candidate == name) return method;
  }
  return Method::other;
}

}  // namespace tms::http
