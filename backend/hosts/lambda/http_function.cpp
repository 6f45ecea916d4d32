#include "backend/hosts/lambda/http_function.h"

#include <algorithm>

#include "backend/hosts/lambda/event.h"
#include "backend/hosts/lambda/reply.h"
#include "backend/http/json_value.h"
#include "backend/http/router.h"

namespace tms::lambda {
namespace {

// The same deadline as the server's; and time to post the answer before Lambda ends the call.
constexpr std::chrono::milliseconds kRequestTime{10'000};
constexpr std::chrono::milliseconds kTimeToAnswer{200};

core::Error error_of(core::ErrorCode code, std::string detail, std::string log) {
  core::Error error;
  error.code = code;
  error.detail.value = std::move(detail);
  error.log.value = std::move(log);
  return error;
}

}  // namespace

HttpFunction::HttpFunction(std::string action,
                           const hosts::Dispatcher& dispatcher,
                           const hosts::AuditLog& audit,
                           const core::Clock& clock,
                           std::function<std::string()> take_mail_failure)
    : action_(std::move(action)),
      dispatcher_(dispatcher),
      audit_(audit),
      clock_(clock),
      take_mail_failure_(std::move(take_mail_failure)) {}

std::string HttpFunction::reply_to(const Invocation& invocation) const {
  const auto event = http::parse_json(invocation.event);
  if (!event) throw UnknownEvent("the event is no JSON: " + event.error().log.value);
  auto request = decode_event(*event);
  if (!request && request.error().code == core::ErrorCode::malformed_request) {
    http::Request unreadable;
    dispatcher_.begin(unreadable);
    return encode_reply(dispatcher_.refuse(request.error(), unreadable));
  }
  if (!request)
    throw UnknownEvent("the event is no REST proxy event: " + request.error().log.value);
  request->deadline = deadline_of(invocation);
  const http::Response response = answer(*request);
  audit_.note(http::match_route(request->method, request->path).route, *request, response);
  return encode_reply(response);
}

http::Response HttpFunction::answer(http::Request& request) const {
  const http::RouteMatch match = http::match_route(request.method, request.path);
  if (match.route != nullptr && match.route->action != action_) {
    dispatcher_.begin(request);
    return dispatcher_.refuse(
        error_of(core::ErrorCode::not_found, "There is nothing at this address.",
                 "this function is " + action_),
        request);
  }
  dispatcher_.begin(request);
  hosts::Admission admission = dispatcher_.admit(request, request.body.size());
  if (admission.refusal) return *std::move(admission.refusal);
  http::Response response = dispatcher_.handle(*admission.route, request);
  const std::string failure = take_mail_failure_();
  if (failure.empty()) return response;
  core::Error error = error_of(core::ErrorCode::overloaded,
                               "The mail could not be sent. Please try again.", failure);
  error.retry_after = std::chrono::seconds(5);
  return dispatcher_.refuse(error, request);
}

core::Deadline HttpFunction::deadline_of(const Invocation& invocation) const {
  const auto left =
      std::chrono::milliseconds(invocation.deadline_ms - core::to_micros(clock_.now()) / 1000);
  return std::chrono::steady_clock::now() +
         std::clamp(left - kTimeToAnswer, std::chrono::milliseconds(0), kRequestTime);
}

}  // namespace tms::lambda
