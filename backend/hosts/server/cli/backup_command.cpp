#include "backend/hosts/server/cli/backup_command.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>

#include "backend/db/backup/backup.h"
#include "backend/db/sqlite/read_only_database.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/describe_backup.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/cli/patient_database.h"
#include "backend/hosts/server/version.h"

namespace tms::hosts {
namespace {

std::string place_of_secret(const Settings& settings) {
  return settings.secret.empty() ? "the file " + settings.secret_file.string()
                                 : std::string("TMS_SECRET");
}

/// A database of another schema would be copied without its new columns.
bool is_current(const db::SchemaStatus& status, std::ostream& err) {
  if (status.current()) return true;
  err << "tms: the database has schema version " << status.version
      << ", which another program made: run the backup of that program, or tms migrate first\n";
  return false;
}

}  // namespace

int run_backup_command(const std::filesystem::path& file,
                       const Settings& settings,
                       const core::Clock& clock,
                       std::ostream& out,
                       std::ostream& err) {
  db::BackupSummary summary;
  if (settings.uses_postgres()) {
    const auto database = open_patient_postgres(settings);
    if (!is_current(database->check_schema(), err)) return kFailure;
    summary = db::take_backup(*database, file, version(), clock.now(), patience());
  } else {
    db::ReadOnlySqliteDatabase database(settings.sqlite_file());
    if (!is_current(database.check_schema(patience()), err)) return kFailure;
    summary = db::take_backup(database, file, version(), clock.now(), patience());
  }
  out << "Written and read back: " << file.string() << " with " << describe(summary) << ".\n"
      << "It holds addresses and password hashes: encrypt it before it leaves this machine.\n"
      << "THE SECRET IS NOT IN IT: keep a copy of " << place_of_secret(settings)
      << " in another place. Without it no password of this backup works.\n";
  return kSuccess;
}

void add_backup_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("backup", "Copy the database into a file while the server runs.");
  const auto file = std::make_shared<std::string>();
  command->add_option("file", *file, "A file that is not there yet")->required();
  command->callback([file, &exit_code] {
    const auto settings = load_settings();
    exit_code =
        settings ? run_backup_command(*file, *settings, core::SystemClock{}, std::cout, std::cerr)
                 : static_cast<int>(kUsage);
  });
}

}  // namespace tms::hosts
