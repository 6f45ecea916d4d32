#include "backend/hosts/server/cli/load_settings.h"

#include <iostream>
#include <utility>

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

void print_mistakes(std::string_view lines) {
  while (!lines.empty())
    std::cerr << "tms: " << take_until(lines, '\n') << '\n';
}

}  // namespace

std::optional<Settings> load_settings(const Environment& from_command_line) {
  auto environment = read_environment();
  if (!environment) {
    print_mistakes(environment.error().detail.value);
    return std::nullopt;
  }
  for (const auto& [name, value] : from_command_line)
    environment->insert_or_assign(name, value);
  auto settings = read_settings(*environment);
  if (!settings) {
    print_mistakes(settings.error().detail.value);
    return std::nullopt;
  }
  for (const std::string& warning : settings->warnings)
    std::cerr << "tms: warning: " << warning << '\n';
  return std::move(*settings);
}

}  // namespace tms::hosts
