#include "backend/aws/service_client.h"

#include "backend/aws/sigv4.h"
#include "backend/http/json_value.h"

namespace tms::aws {
namespace {

// "com.amazon.coral#Throttling:http://…" is "Throttling".
std::string bare_name(std::string_view text) {
  text = text.substr(0, text.find(':'));
  const auto hash = text.rfind('#');
  return std::string(hash == std::string_view::npos ? text : text.substr(hash + 1));
}

}  // namespace

ServiceClient::ServiceClient(Settings settings,
                             CredentialsSource credentials,
                             const core::Clock& clock)
    : settings_(std::move(settings)),
      credentials_(std::move(credentials)),
      clock_(clock),
      client_(settings_.endpoint, settings_.ca_file) {}

HttpResponse ServiceClient::post(std::string_view path,
                                 std::vector<std::pair<std::string, std::string>> headers,
                                 std::string_view body,
                                 core::Deadline deadline) {
  const std::string host = settings_.endpoint.host_header();
  const SigningRequest signing{"POST",          host, path, headers, body, settings_.service,
                               settings_.region};
  for (auto& header : sign_headers(signing, credentials_(), clock_.now()))
    headers.push_back(std::move(header));
  return client_.send({"POST", path, std::move(headers), body}, deadline);
}

std::string error_type(const HttpResponse& response) {
  if (const auto header = response.header("x-amzn-errortype"); !header.empty())
    return bare_name(header);
  const auto document = http::parse_json(response.body);
  if (!document) return {};
  for (const char* name : {"__type", "code", "Code"}) {
    const http::JsonValue* value = document->find(name);
    if (value != nullptr && value->as_string() != nullptr) return bare_name(*value->as_string());
  }
  return {};
}

}  // namespace tms::aws
