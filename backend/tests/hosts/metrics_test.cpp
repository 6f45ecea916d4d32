#include "backend/hosts/server/metrics.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "backend/http/router.h"

namespace tms::hosts {
namespace {

using std::chrono::microseconds;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, requests_are_counted_by_action_and_status) {
  Metrics metrics;
  const auto login = ActionId::of(*http::find_route("login"));
  metrics.count(login, 200, microseconds(100));
  metrics.count(login, 200, microseconds(100));
  metrics.count(login, 401, microseconds(100));
  metrics.count(ActionId::none(), 404, microseconds(100));
  EXPECT_THAT(metrics.text(), HasSubstr("tms_requests_total{action=\"login\",status=\"200\"} 2\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("tms_requests_total{action=\"login\",status=\"401\"} 1\n"));
  EXPECT_THAT(metrics.text(), HasSubstr("tms_requests_total{action=\"none\",status=\"404\"} 1\n"));
  EXPECT_THAT(metrics.text(), Not(HasSubstr("action=\"signup\"")));
}

TEST(Metrics, histogram_adds_up_and_bounds_are_inclusive) {
  Metrics metrics;
  const auto page = ActionId::page();
  metrics.count(page, 200, microseconds(500));
  metrics.count(page, 200, microseconds(501));
  metrics.count(page, 200, microseconds(20'000'000));
  const std::string text = metrics.text();
  const std::string prefix = "tms_request_duration_seconds_bucket{action=\"page\",le=\"";
  EXPECT_THAT(text, HasSubstr(prefix + "0.0005\"} 1\n"));
  EXPECT_THAT(text, HasSubstr(prefix + "0.001\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(prefix + "10\"} 2\n"));
  EXPECT_THAT(text, HasSubstr(prefix + "+Inf\"} 3\n"));
  EXPECT_THAT(text, HasSubstr("tms_request_duration_seconds_sum{action=\"page\"} 20.001001\n"));
  EXPECT_THAT(text, HasSubstr("tms_request_duration_seconds_count{action=\"page\"} 3\n"));
}

TEST(Metrics, gauges_are_read_when_asked) {
  Metrics metrics;
  std::int64_t length = 1;
  metrics.add_gauge("tms_queue_length", "Waiting.", [&] { return length; });
  length = 42;
  EXPECT_THAT(metrics.text(), HasSubstr("# TYPE tms_queue_length gauge\ntms_queue_length 42\n"));
}

}  // namespace
}  // namespace tms::hosts
