#include "backend/hosts/server/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace tms::hosts {
namespace {

double in_seconds(std::uint64_t microseconds) {
  return static_cast<double>(microseconds) / 1e6;
}

}  // namespace

ActionId ActionId::of(const http::Route& route) {
  return ActionId(static_cast<std::size_t>(&route - http::kRouteTable.data()));
}

std::string_view ActionId::name() const {
  if (index_ < http::kRouteTable.size()) return http::kRouteTable.at(index_).action;
  if (index_ == page().index()) return "page";
  return index_ == operations().index() ? "operations" : "none";
}

void Metrics::count(ActionId action, int status, std::chrono::microseconds duration) {
  PerAction& counts = actions_.at(action.index());
  const int known = std::clamp(status, kLowestStatus, kHighestStatus);
  const auto order = std::memory_order_relaxed;
  counts.by_status.at(static_cast<std::size_t>(known - kLowestStatus)).fetch_add(1, order);
  const auto bucket = std::lower_bound(kBounds.begin(), kBounds.end(), duration.count());
  counts.by_duration.at(static_cast<std::size_t>(bucket - kBounds.begin())).fetch_add(1, order);
  counts.microseconds.fetch_add(static_cast<std::uint64_t>(duration.count()), order);
}

void Metrics::add_gauge(std::string name, std::string help, std::function<std::int64_t()> read) {
  gauges_.push_back({std::move(name), std::move(help), std::move(read)});
}

std::string Metrics::text() const {
  std::string out =
      "# HELP tms_requests_total Requests answered.\n"
      "# TYPE tms_requests_total counter\n";
  const auto for_each_action = [&](const auto& visit) {
    for (const http::Route& route : http::kRouteTable)
      visit(ActionId::of(route));
    for (const ActionId action : {ActionId::page(), ActionId::operations(), ActionId::none()})
      visit(action);
  };
  for_each_action([&](ActionId action) {
    const PerAction& counts = actions_.at(action.index());
    for (std::size_t index = 0; index < kStatuses; ++index) {
      const std::uint64_t number = counts.by_status.at(index).load(std::memory_order_relaxed);
      if (number == 0) continue;
      out += fmt::format("tms_requests_total{{action=\"{}\",status=\"{}\"}} {}\n", action.name(),
                         index + kLowestStatus, number);
    }
  });
  out +=
      "# HELP tms_request_duration_seconds From the end of the head to the answer.\n"
      "# TYPE tms_request_duration_seconds histogram\n";
  for_each_action(
      [&](ActionId action) { append_histogram(out, action, actions_.at(action.index())); });
  for (const Gauge& gauge : gauges_) {
    out += fmt::format("# HELP {0} {1}\n# TYPE {0} gauge\n{0} {2}\n", gauge.name, gauge.help,
                       gauge.read());
  }
  return out;
}

void Metrics::append_histogram(std::string& out, ActionId action, const PerAction& counts) const {
  std::uint64_t total = 0;
  std::string lines;
  for (std::size_t index = 0; index <= kBounds.size(); ++index) {
    total += counts.by_duration.at(index).load(std::memory_order_relaxed);
    const std::string bound =
        index == kBounds.size()
            ? "+Inf"
            : fmt::format("{}", in_seconds(static_cast<std::uint64_t>(kBounds.at(index))));
    lines += fmt::format("tms_request_duration_seconds_bucket{{action=\"{}\",le=\"{}\"}} {}\n",
                         action.name(), bound, total);
  }
  if (total == 0) return;
  const double sum = in_seconds(counts.microseconds.load(std::memory_order_relaxed));
  out += lines;
  out += fmt::format("tms_request_duration_seconds_sum{{action=\"{}\"}} {}\n", action.name(), sum);
  out +=
      fmt::format("tms_request_duration_seconds_count{{action=\"{}\"}} {}\n", action.name(), total);
}

}  // namespace tms::hosts
