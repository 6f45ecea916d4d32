#include "backend/hosts/app/dispatcher.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "backend/db/database.h"
#include "backend/hosts/app/content_type.h"
#include "backend/hosts/app/origin_check.h"
#include "backend/http/problem.h"
#include "backend/http/router.h"

namespace tms::hosts {
namespace {

using core::Error;
using core::ErrorCode;

Error error_of(ErrorCode code, std::string_view detail) {
  Error error;
  error.code = code;
  error.detail.value = detail;
  return error;
}

Error not_found() {
  return error_of(ErrorCode::not_found, "There is nothing at this address.");
}

Error not_signed_in() {
  return error_of(ErrorCode::not_signed_in, "Please sign in.");
}

std::optional<Error> check_body(const http::Route& route,
                                const http::Request& request,
                                std::optional<std::uint64_t> body_size) {
  if (body_size == std::uint64_t{0}) return std::nullopt;
  if (route.body_limit == 0) return error_of(ErrorCode::too_large, "This call takes no body.");
  if (body_size && *body_size > route.body_limit) {
    return error_of(ErrorCode::too_large,
                    "The body is larger than " + std::to_string(route.body_limit) + " bytes.");
  }
  if (!is_json_body(request)) {
    return error_of(ErrorCode::unsupported_media_type,
                    "The body must be application/json in UTF-8, without a content encoding.");
  }
  return std::nullopt;
}

ErrorCode code_of(db::Unavailable::Reason reason) {
  switch (reason) {
    case db::Unavailable::Reason::waking:
      return ErrorCode::database_waking;
    case db::Unavailable::Reason::overloaded:
      return ErrorCode::overloaded;
    case db::Unavailable::Reason::unreachable:
      break;
  }
  return ErrorCode::database_unavailable;
}

bool has_header(const http::Response& response, std::string_view name) {
  return std::any_of(response.headers.begin(), response.headers.end(),
                     [&](const auto& header) { return header.first == name; });
}

std::size_t index_of(const http::Route& route) {
  return static_cast<std::size_t>(&route - http::kRouteTable.data());
}

}  // namespace

Dispatcher::Dispatcher(const FindHandler& find_handler,
                       VerifyToken verify_token,
                       const core::Clock& clock,
                       core::Random& random,
                       EventLog& log,
                       DispatcherOptions options)
    : verify_token_(std::move(verify_token)),
      clock_(clock),
      random_(random),
      log_(log),
      options_(std::move(options)) {
  for (const http::Route& route : http::kRouteTable) {
    handlers_.at(index_of(route)) = find_handler(route.action);
  }
}

http::Response Dispatcher::dispatch(http::Request request) const {
  begin(request);
  Admission admission = admit(request, request.body.size());
  if (admission.refusal) return *std::move(admission.refusal);
  return handle(*admission.route, request);
}

void Dispatcher::begin(http::Request& request) const {
  request.request_id = core::random_id(random_);
}

Admission Dispatcher::admit(http::Request& request, std::optional<std::uint64_t> body_size) const {
  http::RouteMatch match = http::match_route(request.method, request.path);
  Admission admission{match.route, std::nullopt};
  if (match.route == nullptr) {
    if (match.allow.empty()) {
      admission.refusal = refuse(not_found(), request);
    } else {
      const Error error =
          error_of(ErrorCode::method_not_allowed, "This address knows: " + match.allow + ".");
      http::Response response = refuse(error, request);
      response.headers.emplace_back("Allow", match.allow);
      admission.refusal = std::move(response);
    }
    return admission;
  }
  request.path_parameters = std::move(match.path_parameters);

  if (const auto wrong_body = check_body(*match.route, request, body_size)) {
    admission.refusal = refuse(*wrong_body, request);
  } else if (!is_same_origin(request, options_.public_origin)) {
    admission.refusal =
        refuse(error_of(ErrorCode::cross_origin, "Changes are accepted from our own pages only."),
               request);
  } else if (const auto no_session = check_session(match.route->access, request)) {
    admission.refusal = refuse(*no_session, request);
  }
  return admission;
}

std::optional<Error> Dispatcher::check_session(http::Access access, http::Request& request) const {
  if (access == http::Access::anyone) return std::nullopt;
  const auto tokens = request.cookies(options_.cookie_name);
  // Two cookies of one name: somebody else's may be the first, so neither counts.
  if (tokens.size() == 1) request.identity = verify_token_(tokens.front(), clock_.now());
  if (access == http::Access::session && !request.identity) return not_signed_in();
  return std::nullopt;
}

http::Cost Dispatcher::cost(const http::Route& route, const http::Request& request) const {
  const http::Handler* handler = handlers_.at(index_of(route));
  const bool may_hash = handler != nullptr && handler->may_hash(request);
  return may_hash ? http::Cost::heavy : route.cost;
}

http::Response Dispatcher::handle(const http::Route& route,
                                  const http::Request& request) const noexcept {
  try {
    const http::Handler* handler = handlers_.at(index_of(route));
    if (handler == nullptr) {
      throw std::logic_error("no handler for the action " + std::string(route.action));
    }
    http::Response response = handler->handle(request);
    finish(response, request);
    return response;
  } catch (...) {
    return fail(std::current_exception(), request, &route);
  }
}

http::Response Dispatcher::refuse(const Error& error, const http::Request& request) const {
  if (!error.log.value.empty()) {
    log_.write(LogLevel::warn, "refused",
               {{"request_id", request.request_id}, {"reason", error.log.value}});
  }
  http::Response response = http::problem_response(error, request.request_id);
  finish(response, request);
  return response;
}

http::Response Dispatcher::fail(const std::exception_ptr& cause,
                                const http::Request& request,
                                const http::Route* route) const {
  Error error =
      error_of(ErrorCode::internal,
               "Please try again; if it stays, name the request id to whoever runs this server.");
  std::string reason = "unknown exception";
  LogLevel level = LogLevel::error;
  try {
    std::rethrow_exception(cause);
  } catch (const db::Unavailable& unavailable) {
    error = error_of(code_of(unavailable.reason()), "Please try again in a moment.");
    error.retry_after = unavailable.retry_after();
    reason = unavailable.what();
    level = LogLevel::warn;
  } catch (const std::exception& exception) {
    reason = exception.what();
  } catch (...) {
    // The text above says all that is known.
    level = LogLevel::error;
  }
  log_.write(level, "failed", {{"request_id", request.request_id}, {"reason", reason}});
  http::Response response = refuse(error, request);
  const http::Handler* handler = route != nullptr ? handlers_.at(index_of(*route)) : nullptr;
  if (handler != nullptr) handler->complete_failure(response);
  return response;
}

void Dispatcher::finish(http::Response& response, const http::Request& request) const {
  if ((response.status == 429 || response.status == 503) && !has_header(response, "Retry-After")) {
    response.headers.emplace_back("Retry-After", "1");
  }
  add_security_headers(response, options_.strict_transport);
  response.headers.emplace_back("X-Request-Id", request.request_id);
}

}  // namespace tms::hosts
