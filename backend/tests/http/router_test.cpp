#include "backend/http/router.h"

#include <gtest/gtest.h>

#include <set>

namespace tms::http {
namespace {

TEST(Router, finds_every_row_of_the_table_by_its_own_pattern) {
  for (const Route& route : kRouteTable) {
    const RouteMatch match = match_route(route.method, route.pattern);
    EXPECT_EQ(match.route, &route) << route.action;
  }
}

TEST(Router, actions_and_method_with_pattern_are_unique) {
  std::set<std::string_view> actions;
  std::set<std::pair<Method, std::string_view>> places;
  for (const Route& route : kRouteTable) {
    EXPECT_TRUE(actions.insert(route.action).second) << route.action;
    EXPECT_TRUE(places.emplace(route.method, route.pattern).second) << route.action;
  }
}

TEST(Router, path_parameters_carry_the_segment) {
  const RouteMatch match = match_route(Method::post, "/tasks/abc/restore");
  ASSERT_NE(match.route, nullptr);
  EXPECT_EQ(match.route->action, "restore_task");
  EXPECT_EQ(match.path_parameters, (std::vector<NameValue>{{"task_id", "abc"}}));
}

TEST(Router, known_path_with_other_method_names_the_allowed_ones) {
  const RouteMatch match = match_route(Method::put, "/tasks/abc");
  EXPECT_EQ(match.route, nullptr);
  EXPECT_EQ(match.allow, "GET, HEAD, PATCH, DELETE");
}

TEST(Router, unknown_paths_match_nothing) {
  for (const char* path :
       {"/", "", "/task", "/tasks/", "/tasks/a/b", "/tasks//restore", "/login/", "/api/login"}) {
    const RouteMatch match = match_route(Method::get, path);
    EXPECT_EQ(match.route, nullptr) << path;
    EXPECT_EQ(match.allow, "") << path;
  }
}

}  // namespace
}  // namespace tms::http
