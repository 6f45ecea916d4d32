#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "backend/db/postgres/role.h"
#include "backend/hosts/server/backend.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/cli/patient_database.h"

namespace tms::hosts {
namespace {

struct MigrateOptions {
  bool check_only = false;
  std::string grant_to;
};

int run_migrate(const MigrateOptions& options) {
  const bool check_only = options.check_only;
  const auto settings = load_settings();
  if (!settings) return kUsage;
  if (!options.grant_to.empty() && !settings->uses_postgres()) {
    std::cerr << "tms: --grant-to is for PostgreSQL; SQLite knows no roles\n";
    return kUsage;
  }
  const auto database = open_database(*settings);
  const db::SchemaStatus status = check_only ? database->check_schema() : database->migrate();
  for (const db::Migration& migration : status.pending) {
    std::cout << (check_only ? "pending: " : "applied: ") << migration.version << ' '
              << migration.name << '\n';
  }
  if (status.current())
    std::cout << "The schema is up to date (version " << status.version << ").\n";
  if (!options.grant_to.empty() && !check_only) {
    db::postgres::grant_rows(*database, options.grant_to, patience());
    std::cout << options.grant_to << " may read and write rows.\n";
  }
  return check_only && !status.current() ? kFailure : kSuccess;
}

}  // namespace

void add_migrate_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("migrate", "Bring the database to the schema of this program.");
  const auto options = std::make_shared<MigrateOptions>();
  command->add_flag("--check", options->check_only,
                    "Change nothing; exit with 1 when something is pending.");
  command->add_option("--grant-to", options->grant_to,
                      "PostgreSQL: let this ROLE, of `tms serve`, read and write rows");
  command->callback([options, &exit_code] { exit_code = run_migrate(*options); });
}

}  // namespace tms::hosts
