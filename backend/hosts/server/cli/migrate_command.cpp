#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>

#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"

namespace tms::hosts {
namespace {

int run_migrate(bool check_only) {
  const auto settings = load_settings();
  if (!settings) return kUsage;
  const auto database = open_database(*settings);
  const db::SchemaStatus status = check_only ? database->check_schema() : database->migrate();
  for (const db::Migration& migration : status.pending) {
    std::cout << (check_only ? "pending: " : "applied: ") << migration.version << ' '
              << migration.name << '\n';
  }
  if (status.current())
    std::cout << "The schema is up to date (version " << status.version << ").\n";
  return check_only && !status.current() ? kFailure : kSuccess;
}

}  // namespace

void add_migrate_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("migrate", "Bring the database to the schema of this program.");
  const auto check_only = std::make_shared<bool>(false);
  command->add_flag("--check", *check_only,
                    "Change nothing; exit with 1 when something is pending.");
  command->callback([check_only, &exit_code] { exit_code = run_migrate(*check_only); });
}

}  // namespace tms::hosts
