#include "backend/hosts/server/cli/command_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <vector>

#include "backend/http/json_value.h"
#include "backend/http/route_table.h"

namespace tms::hosts {
namespace {

struct Outcome {
  int exit_code;
  std::string output;
  std::string errors;
};

Outcome run(std::vector<const char*> arguments) {
  arguments.insert(arguments.begin(), "tms");
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int exit_code = run_command_line(static_cast<int>(arguments.size()), arguments.data());
  std::string output = testing::internal::GetCapturedStdout();
  return {exit_code, std::move(output), testing::internal::GetCapturedStderr()};
}

TEST(CommandLine, routes_as_json_are_the_route_table) {
  const Outcome outcome = run({"routes", "--json"});
  EXPECT_EQ(outcome.exit_code, kSuccess);
  const auto routes = http::parse_json(outcome.output);
  ASSERT_TRUE(routes);
  ASSERT_EQ(routes->as_array()->size(), http::kRouteTable.size());
  for (std::size_t index = 0; index < http::kRouteTable.size(); ++index) {
    const http::JsonValue& row = routes->as_array()->at(index);
    EXPECT_EQ(*row.find("action")->as_string(), http::kRouteTable.at(index).action);
    EXPECT_EQ(*row.find("path")->as_string(),
              "/api" + std::string(http::kRouteTable.at(index).pattern));
  }
}

TEST(CommandLine, version_is_one_line) {
  const Outcome outcome = run({"--version"});
  EXPECT_EQ(outcome.exit_code, kSuccess);
  EXPECT_THAT(outcome.output, testing::MatchesRegex("tms [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST(CommandLine, help_is_everywhere) {
  for (const char* command :
       {"serve", "migrate", "routes", "user", "test-mail", "backup", "restore", "doctor"}) {
    const Outcome outcome = run({command, "--help"});
    EXPECT_EQ(outcome.exit_code, kSuccess) << command;
    EXPECT_THAT(outcome.output, testing::HasSubstr("Usage")) << command;
    EXPECT_THAT(run({"--help"}).output, testing::HasSubstr(command));
  }
}

TEST(CommandLine, wrong_usage_is_told_with_its_own_exit_code) {
  for (const auto& arguments : std::vector<std::vector<const char*>>{
           {}, {"nonsense"}, {"serve", "--nonsense"}, {"migrate", "extra"}}) {
    const Outcome outcome = run(arguments);
    EXPECT_EQ(outcome.exit_code, kUsage);
    EXPECT_NE(outcome.errors, "");
  }
}

TEST(CommandLine, wrong_setting_is_told_in_a_line) {
  const Outcome outcome = run({"serve", "--listen", "nonsense"});
  EXPECT_EQ(outcome.exit_code, kUsage);
  EXPECT_THAT(outcome.errors, testing::HasSubstr("tms: TMS_LISTEN must be ADDRESS:PORT"));
}

TEST(CommandLine, doctor_tells_a_wrong_setting) {
  ::setenv("TMS_LISTEN", "nonsense", 1);
  const Outcome outcome = run({"doctor"});
  ::unsetenv("TMS_LISTEN");
  EXPECT_EQ(outcome.exit_code, kFailure);
  EXPECT_THAT(outcome.errors, testing::HasSubstr("tms: TMS_LISTEN must be ADDRESS:PORT"));
}

}  // namespace
}  // namespace tms::hosts
