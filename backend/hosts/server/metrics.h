#pragma once

#include <array>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/http/route_table.h"

namespace tms::hosts {

/// What a request was for: a route, or one of the things beside the API. A number, so that counting
/// needs no look-up.
class ActionId {
 public:
  static ActionId of(const http::Route& route);
  /// The page's files.
  static ActionId page() { return ActionId(http::kRouteTable.size()); }
  /// healthz, readyz, metrics, config.json.
  static ActionId operations() { return ActionId(http::kRouteTable.size() + 1); }
  /// No route, or a request that cannot be read.
  static ActionId none() { return ActionId(http::kRouteTable.size() + 2); }

  static constexpr std::size_t kCount = http::kRouteTable.size() + 3;

  [[nodiscard]] std::size_t index() const { return index_; }
  [[nodiscard]] std::string_view name() const;

 private:
  explicit ActionId(std::size_t index) : index_(index) {}
  std::size_t index_;
};

/// Counts requests by action and status, and how long they took. Lock-free; safe on many threads.
class Metrics {
 public:
  void count(ActionId action, int status, std::chrono::microseconds duration);

  /// A number that is read when somebody asks. Only before the server starts.
  void add_gauge(std::string name, std::string help, std::function<std::int64_t()> read);

  /// Prometheus' text format, version 0.0.4.
  [[nodiscard]] std::string text() const;

 private:
  // Upper bounds in microseconds: a light call takes below 1 ms, a hash about 200 ms, the deadline
  // is 10 s.
  static constexpr std::array<std::int64_t, 10> kBounds{
      500, 1'000, 2'500, 10'000, 50'000, 100'000, 250'000, 1'000'000, 2'500'000, 10'000'000};
  static constexpr int kLowestStatus = 100;
  static constexpr int kHighestStatus = 599;
  static constexpr std::size_t kStatuses = kHighestStatus - kLowestStatus + 1;

  using Counter = std::atomic<std::uint64_t>;
  struct PerAction {
    std::array<Counter, kStatuses> by_status{};
    // One more than bounds: the last is +Inf. Not yet added up.
    std::array<Counter, kBounds.size() + 1> by_duration{};
    Counter microseconds{0};
  };
  struct Gauge {
    std::string name;
    std::string help;
    std::function<std::int64_t()> read;
  };

  void append_histogram(std::string& out, ActionId action, const PerAction& counts) const;

  std::array<PerAction, ActionId::kCount> actions_;
  std::vector<Gauge> gauges_;
};

}  // namespace tms::hosts
