#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "backend/hosts/app/audit_log.h"
#include "backend/hosts/app/dispatcher.h"
#include "backend/hosts/app/settings.h"
#include "backend/hosts/server/answer.h"
#include "backend/hosts/server/http_head.h"
#include "backend/hosts/server/metrics.h"
#include "backend/hosts/server/page_files.h"
#include "backend/hosts/server/scheduler.h"

namespace tms::hosts {

/// One request from its head to its answer. Touched by one thread at a time.
struct Exchange {
  http::Request request;
  ActionId action = ActionId::none();
  /// Null for everything beside the API.
  const http::Route* route = nullptr;
  /// Set when the answer is known without body and handler.
  std::optional<Answer> answer;
  /// Bytes of body that are read; also of a request that is refused anyway, so that the connection
  /// can go on.
  std::size_t body_limit = http::kDefaultBodyLimit;
  std::chrono::steady_clock::time_point started;
};

struct SiteOptions {
  bool public_https = false;
  std::string public_origin;
  TrustedProxies trusted_proxies;
  std::chrono::seconds request_timeout{10};
  /// Empty: there is no /metrics.
  std::string metrics_token;
  /// The body of /config.json.
  std::string config_json;
  /// Null: nothing is told.
  const AuditLog* audit = nullptr;
};

/// Everything that one address serves: the API below /api, the page, the probes, /config.json and
/// /metrics. Knows nothing of sockets. Safe to use on many threads.
class Site {
 public:
  using Reply = std::function<void(Answer)>;

  /// `page` may be null: then there is only the API. `is_ready` may wait for the database, and runs
  /// where light reads run.
  Site(const Dispatcher& dispatcher,
       Scheduler& scheduler,
       const PageFiles* page,
       Metrics& metrics,
       EventLog& log,
       std::function<bool(core::Deadline)> is_ready,
       SiteOptions options);

  /// What can be said once the head is there: which action, how large a body, or at once the answer.
  [[nodiscard]] std::shared_ptr<Exchange> begin(const RequestHead& head,
                                                const IpAddress& peer) const;

  /// Answers a request whose body has been read: calls `reply` exactly once, on any thread.
  void serve(const std::shared_ptr<Exchange>& exchange, Reply reply);

  /// The answer to a head that cannot be read.
  [[nodiscard]] Answer refuse_head(const HeadProblem& problem, const IpAddress& peer) const;

  /// The answer to a body that turned out too large or malformed while it was read.
  [[nodiscard]] Answer refuse_body(const core::Error& error, const Exchange& exchange) const;

  /// From now on the server is not ready: it stops.
  void drain() { draining_ = true; }

  /// Returns when every request that was given to `serve` has its reply.
  void wait_until_idle();

 private:
  void route(Exchange& exchange, const RequestHead& head, const IpAddress& peer) const;
  void route_api(Exchange& exchange, const RequestHead& head) const;
  [[nodiscard]] std::optional<Answer> answer_operations(Exchange& exchange) const;
  [[nodiscard]] std::optional<Answer> redirect_to_https(Exchange& exchange,
                                                        const RequestHead& head) const;
  [[nodiscard]] Answer answer_page(Exchange& exchange) const;
  [[nodiscard]] bool may_read_metrics(const http::Request& request) const;
  [[nodiscard]] Answer refuse(core::ErrorCode code,
                              std::string_view detail,
                              const Exchange& exchange) const;
  [[nodiscard]] Answer finished(Answer answer, const Exchange& exchange) const;
  [[nodiscard]] http::Response check_ready(const http::Request& request) const;
  void note(const Exchange& exchange, const http::Response& response) const;
  void leave();

  const Dispatcher& dispatcher_;
  Scheduler& scheduler_;
  const PageFiles* page_;
  Metrics& metrics_;
  EventLog& log_;
  std::function<bool(core::Deadline)> is_ready_;
  SiteOptions options_;
  std::atomic<bool> draining_{false};
  std::mutex mutex_;
  std::condition_variable idle_;
  std::size_t in_flight_ = 0;
};

}  // namespace tms::hosts
