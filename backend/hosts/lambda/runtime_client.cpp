#include "backend/hosts/lambda/runtime_client.h"

#include <charconv>
#include <chrono>
#include <stdexcept>

#include "backend/http/json_writer.h"

namespace tms::lambda {
namespace {

constexpr std::string_view kBase = "/2018-06-01/runtime/";
// The Runtime API is on the same machine; longer than this means that it is gone.
constexpr std::chrono::seconds kPostTime{10};

aws::Endpoint endpoint_of(std::string_view address) {
  const auto endpoint = aws::Endpoint::parse("http://" + std::string(address));
  if (!endpoint) throw std::runtime_error("AWS_LAMBDA_RUNTIME_API is no address");
  return *endpoint;
}

std::int64_t parse_milliseconds(std::string_view text) {
  std::int64_t milliseconds = 0;
  std::from_chars(text.data(), text.data() + text.size(), milliseconds);
  return milliseconds;
}

std::string error_document(std::string_view type, std::string_view message) {
  http::JsonWriter json;
  json.begin_object();
  json.member("errorMessage", message);
  json.member("errorType", type);
  json.key("stackTrace");
  json.begin_array();
  json.end_array();
  json.end_object();
  return std::move(json).take();
}

}  // namespace

RuntimeClient::RuntimeClient(std::string_view address) : client_(endpoint_of(address), "") {}

Invocation RuntimeClient::next() {
  const std::string target = std::string(kBase) + "invocation/next";
  const aws::HttpResponse response = client_.send({"GET", target, {}, ""}, core::Deadline::max());
  if (response.status != 200) {
    throw std::runtime_error("the Runtime API answered " + std::to_string(response.status) +
                             " to next");
  }
  Invocation invocation;
  invocation.request_id = response.header("lambda-runtime-aws-request-id");
  invocation.deadline_ms = parse_milliseconds(response.header("lambda-runtime-deadline-ms"));
  invocation.trace_id = response.header("lambda-runtime-trace-id");
  invocation.event = response.body;
  if (invocation.request_id.empty()) throw std::runtime_error("the Runtime API gave no request id");
  return invocation;
}

void RuntimeClient::respond(const Invocation& invocation, std::string_view body) {
  post("invocation/" + invocation.request_id + "/response", "", body);
}

void RuntimeClient::fail(const Invocation& invocation,
                         std::string_view type,
                         std::string_view message) {
  post("invocation/" + invocation.request_id + "/error", type, error_document(type, message));
}

void RuntimeClient::fail_init(std::string_view type, std::string_view message) {
  post("init/error", type, error_document(type, message));
}

void RuntimeClient::post(const std::string& path,
                         std::string_view error_type,
                         std::string_view body) {
  std::vector<std::pair<std::string, std::string>> headers{{"Content-Type", "application/json"}};
  if (!error_type.empty()) headers.emplace_back("Lambda-Runtime-Function-Error-Type", error_type);
  const std::string target = std::string(kBase) + path;
  const aws::HttpResponse response = client_.send({"POST", target, std::move(headers), body},
                                                  std::chrono::steady_clock::now() + kPostTime);
  // 413: the answer was too large, and the caller got an error from Lambda itself. Any other refusal
  // means that our idea of the state is wrong.
  if (response.status != 202 && response.status != 413) {
    throw std::runtime_error("the Runtime API answered " + std::to_string(response.status) +
                             " to " + path);
  }
}

}  // namespace tms::lambda
