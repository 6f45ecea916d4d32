#include "backend/aws/parameter_store.h"

#include <stdexcept>

#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"

namespace tms::aws {
namespace {

std::string request_body(const std::vector<std::string>& names) {
  http::JsonWriter json;
  json.begin_object();
  json.key("Names");
  json.begin_array();
  for (const std::string& name : names)
    json.string(name);
  json.end_array();
  json.member("WithDecryption", true);
  json.end_object();
  return std::move(json).take();
}

std::map<std::string, std::string> values_of(const http::JsonValue& document) {
  std::map<std::string, std::string> values;
  const http::JsonValue* parameters = document.find("Parameters");
  if (parameters == nullptr || parameters->as_array() == nullptr) return values;
  for (const http::JsonValue& parameter : *parameters->as_array()) {
    const http::JsonValue* name = parameter.find("Name");
    const http::JsonValue* value = parameter.find("Value");
    if (name != nullptr && name->as_string() != nullptr && value != nullptr &&
        value->as_string() != nullptr) {
      values[*name->as_string()] = *value->as_string();
    }
  }
  return values;
}

}  // namespace

std::map<std::string, std::string> read_parameters(ServiceClient& ssm,
                                                   const std::vector<std::string>& names,
                                                   core::Deadline deadline) {
  const HttpResponse response = ssm.post(
      "/",
      {{"content-type", "application/x-amz-json-1.1"}, {"x-amz-target", "AmazonSSM.GetParameters"}},
      request_body(names), deadline);
  if (response.status != 200) {
    throw std::runtime_error("SSM answered " + std::to_string(response.status) + " " +
                             error_type(response));
  }
  const auto document = http::parse_json(response.body);
  auto values = document ? values_of(*document) : std::map<std::string, std::string>{};
  for (const std::string& name : names) {
    // Missing names come in InvalidParameters with status 200.
    if (!values.contains(name))
      throw std::runtime_error("the parameter " + name + " does not exist");
  }
  return values;
}

}  // namespace tms::aws
