#include "backend/hosts/server/site.h"

#include <openssl/crypto.h>

#include <utility>

#include "backend/hosts/app/ascii.h"
#include "backend/hosts/app/target.h"

namespace tms::hosts {
namespace {

using core::ErrorCode;

constexpr std::string_view kApi = "/api";
constexpr std::string_view kReadiness = "/readyz";
constexpr std::string_view kMetricsType = "text/plain; version=0.0.4; charset=utf-8";

core::Error error_of(ErrorCode code, std::string_view detail) {
  core::Error error;
  error.code = code;
  error.detail.value = detail;
  return error;
}

bool is_api(std::string_view path) {
  return path == kApi || (path.starts_with(kApi) && path.substr(kApi.size()).starts_with('/'));
}

http::Response alive() {
  return http::Response::json(200, R"({"status":"ok"})");
}

}  // namespace

Site::Site(const Dispatcher& dispatcher,
           Scheduler& scheduler,
           const PageFiles* page,
           Metrics& metrics,
           EventLog& log,
           std::function<bool(core::Deadline)> is_ready,
           SiteOptions options)
    : dispatcher_(dispatcher),
      scheduler_(scheduler),
      page_(page),
      metrics_(metrics),
      log_(log),
      is_ready_(std::move(is_ready)),
      options_(std::move(options)) {}

std::shared_ptr<Exchange> Site::begin(const RequestHead& head, const IpAddress& peer) const {
  auto exchange = std::make_shared<Exchange>();
  exchange->started = std::chrono::steady_clock::now();
  http::Request& request = exchange->request;
  dispatcher_.begin(request);
  request.method = http::parse_method(head.method);
  request.headers = head.headers;
  request.host = head.host;
  request.deadline = exchange->started + options_.request_timeout;
  request.client_address = options_.trusted_proxies.client(peer, request).to_string();
  if (auto target = parse_target(head.target)) {
    request.path = std::move(target->path);
    request.query = std::move(target->query);
    route(*exchange, head, peer);
  } else {
    exchange->answer =
        refuse(ErrorCode::malformed_request, "The address cannot be read.", *exchange);
  }
  return exchange;
}

void Site::route(Exchange& exchange, const RequestHead& head, const IpAddress& peer) const {
  exchange.answer = answer_operations(exchange);
  if (exchange.answer || exchange.request.path == kReadiness) return;
  if (options_.public_https && options_.trusted_proxies.says_plain_http(peer, exchange.request)) {
    exchange.answer = redirect_to_https(exchange, head);
    if (exchange.answer) return;
  }
  if (is_api(exchange.request.path)) return route_api(exchange, head);
  exchange.action = ActionId::page();
  exchange.answer = answer_page(exchange);
}

void Site::route_api(Exchange& exchange, const RequestHead& head) const {
  exchange.request.path.erase(0, kApi.size());
  std::optional<std::uint64_t> body_size = head.content_length.value_or(0);
  if (head.chunked) body_size = std::nullopt;
  Admission admission = dispatcher_.admit(exchange.request, body_size);
  exchange.route = admission.route;
  if (admission.route != nullptr) exchange.action = ActionId::of(*admission.route);
  if (admission.refusal) {
    exchange.answer = Answer{*std::move(admission.refusal)};
  } else {
    exchange.body_limit = admission.route->body_limit;
  }
}

// Nothing for what is none of these, and for /readyz, which has to ask the database.
std::optional<Answer> Site::answer_operations(Exchange& exchange) const {
  const http::Request& request = exchange.request;
  const bool is_metrics = request.path == "/metrics" && may_read_metrics(request);
  const bool is_ready = request.path == kReadiness;
  if (request.path != "/healthz" && request.path != "/config.json" && !is_metrics && !is_ready) {
    return std::nullopt;
  }
  exchange.action = ActionId::operations();
  if (!http::is_safe(request.method)) {
    Answer answer =
        refuse(ErrorCode::method_not_allowed, "This address knows GET and HEAD.", exchange);
    answer.response.headers.emplace_back("Allow", "GET, HEAD");
    return answer;
  }
  if (is_ready) return std::nullopt;
  if (is_metrics) {
    http::Response response;
    response.headers.emplace_back("Content-Type", kMetricsType);
    response.body = metrics_.text();
    return finished({std::move(response)}, exchange);
  }
  if (request.path == "/config.json") {
    return finished({http::Response::json(200, options_.config_json)}, exchange);
  }
  return finished({alive()}, exchange);
}

// Pages are sent on; the API refuses, because what was sent in clear text is known to others
// (security checklist, row 51).
std::optional<Answer> Site::redirect_to_https(Exchange& exchange, const RequestHead& head) const {
  if (is_api(exchange.request.path) || !http::is_safe(exchange.request.method)) {
    return refuse(ErrorCode::malformed_request, "Please use https.", exchange);
  }
  exchange.action = ActionId::page();
  http::Response response;
  response.status = 308;
  response.headers.emplace_back("Location", options_.public_origin + head.target);
  return finished({std::move(response)}, exchange);
}

Answer Site::answer_page(Exchange& exchange) const {
  if (!http::is_safe(exchange.request.method)) {
    Answer answer =
        refuse(ErrorCode::method_not_allowed, "This address knows GET and HEAD.", exchange);
    answer.response.headers.emplace_back("Allow", "GET, HEAD");
    return answer;
  }
  if (page_ != nullptr) {
    if (auto answer = page_->answer(exchange.request))
      return finished(*std::move(answer), exchange);
  }
  return refuse(ErrorCode::not_found, "There is nothing at this address.", exchange);
}

bool Site::may_read_metrics(const http::Request& request) const {
  if (options_.metrics_token.empty()) return false;
  const std::string expected = "Bearer " + options_.metrics_token;
  const auto given = request.header("authorization");
  return given && given->size() == expected.size() &&
         CRYPTO_memcmp(given->data(), expected.data(), expected.size()) == 0;
}

void Site::serve(const std::shared_ptr<Exchange>& exchange, Reply reply) {
  if (exchange->answer) {
    note(*exchange, exchange->answer->response);
    return reply(*std::move(exchange->answer));
  }
  {
    const std::scoped_lock lock(mutex_);
    ++in_flight_;
  }
  const http::Request& request = exchange->request;
  const http::Route* route = exchange->route;
  auto lane = scheduler_.lane_for(http::Cost::light, http::Effect::reads);
  Scheduler::Job job = [this, &request] { return check_ready(request); };
  if (route != nullptr) {
    lane = scheduler_.lane_for(dispatcher_.cost(*route, request), route->effect);
    job = [this, route, &request] { return dispatcher_.handle(*route, request); };
  }
  scheduler_.run(
      lane, std::move(job),
      [this, &request, route](const std::exception_ptr& cause) {
        return dispatcher_.fail(cause, request, route);
      },
      // Holds the exchange, and with it the request, until the answer is there.
      [this, exchange, reply = std::move(reply)](http::Response response) {
        note(*exchange, response);
        reply({std::move(response)});
        leave();
      });
}

http::Response Site::check_ready(const http::Request& request) const {
  bool ready = false;
  try {
    ready = !draining_ && is_ready_(request.deadline);
  } catch (...) {
    return dispatcher_.fail(std::current_exception(), request);
  }
  if (!ready) {
    return dispatcher_.refuse(
        error_of(ErrorCode::overloaded, "The server is stopping or not ready yet."), request);
  }
  http::Response response = alive();
  dispatcher_.finish(response, request);
  return response;
}

Answer Site::refuse_head(const HeadProblem& problem, const IpAddress& peer) const {
  Exchange exchange;
  exchange.started = std::chrono::steady_clock::now();
  exchange.request.client_address = peer.to_string();
  dispatcher_.begin(exchange.request);
  return refuse_body(error_of(problem.code, problem.reason), exchange);
}

Answer Site::refuse_body(const core::Error& error, const Exchange& exchange) const {
  Answer answer{dispatcher_.refuse(error, exchange.request)};
  note(exchange, answer.response);
  return answer;
}

Answer Site::refuse(ErrorCode code, std::string_view detail, const Exchange& exchange) const {
  return Answer{dispatcher_.refuse(error_of(code, detail), exchange.request)};
}

Answer Site::finished(Answer answer, const Exchange& exchange) const {
  dispatcher_.finish(answer.response, exchange.request);
  return answer;
}

void Site::note(const Exchange& exchange, const http::Response& response) const {
  const auto duration = std::chrono::duration_cast<std::chrono::microseconds>(
      std::chrono::steady_clock::now() - exchange.started);
  metrics_.count(exchange.action, response.status, duration);
  if (options_.audit != nullptr) options_.audit->note(exchange.route, exchange.request, response);
  const bool is_probe = exchange.action.index() == ActionId::operations().index();
  log_.write(is_probe ? LogLevel::debug : LogLevel::info, "request",
             {{"request_id", exchange.request.request_id},
              {"action", exchange.action.name()},
              {"method", http::to_string(exchange.request.method)},
              {"status", std::int64_t{response.status}},
              {"duration_us", std::int64_t{duration.count()}},
              {"client", exchange.request.client_address}});
}

void Site::leave() {
  const std::scoped_lock lock(mutex_);
  if (--in_flight_ == 0) idle_.notify_all();
}

void Site::wait_until_idle() {
  std::unique_lock lock(mutex_);
  idle_.wait(lock, [this] { return in_flight_ == 0; });
}

}  // namespace tms::hosts
