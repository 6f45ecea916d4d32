#include "backend/hosts/lambda/event.h"

#include <vector>

#include "backend/core/encoding.h"
#include "backend/hosts/app/ascii.h"
#include "backend/hosts/app/target.h"

namespace tms::lambda {
namespace {

core::Error no_event(std::string log) {
  core::Error error;
  error.code = core::ErrorCode::internal;
  error.log.value = std::move(log);
  return error;
}

core::Error malformed_path() {
  core::Error error;
  error.code = core::ErrorCode::malformed_request;
  error.detail.value = "The path is not percent-encoded UTF-8.";
  return error;
}

const std::string* text_of(const http::JsonValue& object, std::string_view name) {
  const http::JsonValue* value = object.find(name);
  return value == nullptr ? nullptr : value->as_string();
}

// Reads {"name": ["a", "b"]}, or {"name": "a"} where only the single-value map is there.
bool read_values(const http::JsonValue& event,
                 std::string_view many,
                 std::string_view single,
                 std::vector<http::NameValue>& out) {
  const http::JsonValue* map = event.find(many);
  if (map == nullptr || map->is_null()) map = event.find(single);
  if (map == nullptr || map->is_null()) return true;
  if (map->as_object() == nullptr) return false;
  for (const auto& [name, value] : *map->as_object()) {
    if (value.as_string() != nullptr) {
      out.emplace_back(name, *value.as_string());
    } else if (value.as_array() != nullptr) {
      for (const http::JsonValue& item : *value.as_array()) {
        if (item.as_string() == nullptr) return false;
        out.emplace_back(name, *item.as_string());
      }
    } else {
      return false;
    }
  }
  return true;
}

std::string client_address(const http::Request& request, const http::JsonValue& event) {
  std::vector<std::string_view> hops;
  for (const auto& [name, value] : request.headers) {
    if (name != "x-forwarded-for") continue;
    std::string_view rest = value;
    while (!rest.empty())
      hops.push_back(hosts::trim(hosts::take_until(rest, ',')));
  }
  if (hops.size() >= 2) return std::string(hops[hops.size() - 2]);
  const http::JsonValue* context = event.find("requestContext");
  const http::JsonValue* identity = context == nullptr ? nullptr : context->find("identity");
  const std::string* source = identity == nullptr ? nullptr : text_of(*identity, "sourceIp");
  return source == nullptr ? std::string() : *source;
}

bool read_body(const http::JsonValue& event, std::string& body) {
  const http::JsonValue* value = event.find("body");
  if (value == nullptr || value->is_null()) return true;
  if (value->as_string() == nullptr) return false;
  const http::JsonValue* encoded = event.find("isBase64Encoded");
  if (encoded == nullptr || encoded->as_bool() == nullptr || !*encoded->as_bool()) {
    body = *value->as_string();
    return true;
  }
  const auto bytes = core::base64_decode(*value->as_string());
  if (!bytes) return false;
  body.assign(bytes->begin(), bytes->end());
  return true;
}

// CloudFront passes /api/tasks to the stage named api, so `path` is /tasks; a direct call of the
// function, as `sam local` makes it, may carry the stage.
std::string_view without_stage(std::string_view path) {
  constexpr std::string_view kStage = "/api";
  if (path.starts_with(kStage) && path.size() > kStage.size() && path[kStage.size()] == '/') {
    path.remove_prefix(kStage.size());
  }
  return path;
}

}  // namespace

core::Result<http::Request> decode_event(const http::JsonValue& event) {
  const std::string* method = text_of(event, "httpMethod");
  const std::string* path = text_of(event, "path");
  if (method == nullptr || path == nullptr || !path->starts_with('/'))
    return no_event("no REST proxy event 1.0");

  http::Request request;
  request.method = http::parse_method(*method);
  const auto decoded = hosts::decode_path(without_stage(*path));
  if (!decoded) return malformed_path();
  request.path = *decoded;
  if (!read_values(event, "multiValueHeaders", "headers", request.headers))
    return no_event("headers");
  for (auto& [name, value] : request.headers)
    name = hosts::to_lower(name);
  if (!read_values(event, "multiValueQueryStringParameters", "queryStringParameters",
                   request.query)) {
    return no_event("query");
  }
  if (!read_body(event, request.body)) return no_event("body");
  request.client_address = client_address(request, event);
  request.host =
      std::string(request.header("x-tms-host").value_or(request.header("host").value_or("")));
  return request;
}

}  // namespace tms::lambda
