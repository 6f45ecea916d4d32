#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/http/json_writer.h"
#include "backend/http/route_table.h"

namespace tms::hosts {
namespace {

std::string_view name_of(http::Access access) {
  switch (access) {
    case http::Access::anyone:
      return "anyone";
    case http::Access::optional:
      return "optional";
    case http::Access::session:
      break;
  }
  return "session";
}

std::string path_of(const http::Route& route) {
  return "/api" + std::string(route.pattern);
}

std::string routes_as_json() {
  http::JsonWriter json;
  json.begin_array();
  for (const http::Route& route : http::kRouteTable) {
    json.begin_object();
    json.member("method", http::to_string(route.method));
    json.member("path", path_of(route));
    json.member("action", route.action);
    json.member("cost", route.cost == http::Cost::heavy ? "heavy" : "light");
    json.member("effect", route.effect == http::Effect::writes ? "writes" : "reads");
    json.member("access", name_of(route.access));
    json.member("body_limit", route.body_limit);
    json.end_object();
  }
  json.end_array();
  return std::move(json).take();
}

void print_routes() {
  for (const http::Route& route : http::kRouteTable) {
    std::cout << http::to_string(route.method) << ' ' << path_of(route) << ' ' << route.action
              << '\n';
  }
}

}  // namespace

void add_routes_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand("routes", "Print the calls of the API.");
  const auto as_json = std::make_shared<bool>(false);
  command->add_flag("--json", *as_json, "As JSON, with cost, effect, access and body limit.");
  command->callback([as_json, &exit_code] {
    if (*as_json) {
      std::cout << routes_as_json() << '\n';
    } else {
      print_routes();
    }
    exit_code = kSuccess;
  });
}

}  // namespace tms::hosts
