#include "backend/hosts/lambda/reply.h"

#include <map>
#include <string_view>
#include <vector>

#include "backend/http/json_writer.h"

namespace tms::lambda {

std::string encode_reply(const http::Response& response) {
  std::map<std::string_view, std::vector<std::string_view>> headers;
  for (const auto& [name, value] : response.headers)
    headers[name].push_back(value);
  for (const std::string& cookie : response.set_cookies)
    headers["Set-Cookie"].push_back(cookie);

  http::JsonWriter json;
  json.reserve(response.body.size() * 9 / 8 + 2048);
  json.begin_object();
  json.member("statusCode", response.status);
  json.key("multiValueHeaders");
  json.begin_object();
  for (const auto& [name, values] : headers) {
    json.key(name);
    json.begin_array();
    for (const std::string_view value : values)
      json.string(value);
    json.end_array();
  }
  json.end_object();
  json.member("body", response.body);
  json.member("isBase64Encoded", false);
  json.end_object();
  return std::move(json).take();
}

}  // namespace tms::lambda
