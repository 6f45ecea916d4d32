#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <filesystem>
#include <iostream>
#include <memory>

#include "backend/auth/installation.h"
#include "backend/db/backup/backup.h"
#include "backend/db/sqlite/restore_file.h"
#include "backend/hosts/server/cli/backup_command.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/describe_backup.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/cli/patient_database.h"
#include "backend/hosts/server/secret_of_database.h"

namespace tms::hosts {
namespace {

/// Before anything is touched: with another secret every password of the backup would be worthless.
core::Result<void> check_secret_of(const db::BackupSummary& backup,
                                   const Settings& settings,
                                   core::Random& random) {
  const auto secret = auth::load_secret(secret_source(settings), random);
  if (!secret) return secret.error();
  return auth::compare_secret(backup.installation, *secret);
}

void restore_to_postgres(const RestoreCommand& command,
                         const Settings& settings,
                         const db::RestoreOptions& options) {
  const auto database = open_patient_postgres(settings);
  database->migrate();
  if (!command.replace && db::has_users(*database, patience())) {
    throw db::DatabaseIsThere(
        "the PostgreSQL database holds accounts: --replace puts the backup in their place");
  }
  db::restore_backup(*database, command.file, options, patience());
}

}  // namespace

int run_restore_command(const RestoreCommand& command,
                        const Settings& settings,
                        const core::Clock& clock,
                        core::Random& random,
                        std::ostream& out,
                        std::ostream& err) {
  const db::BackupSummary backup = db::check_backup(command.file);
  out << "The backup is whole: " << describe(backup) << ", taken " << backup.head.taken_at
      << " by tms " << backup.head.program << ".\n";
  if (command.check) return kSuccess;

  if (!command.new_secret) {
    if (const auto checked = check_secret_of(backup, settings, random); !checked) {
      err << "tms: " << checked.error().log.value
          << ". --new-secret restores all the same; then nobody's password works and everybody "
             "takes a new one by mail.\n";
      return kFailure;
    }
  }
  db::RestoreOptions options{clock.now(), {}};
  if (command.new_secret) options.leave_out = auth::is_secret_fingerprint;
  if (settings.uses_postgres()) {
    restore_to_postgres(command, settings, options);
  } else {
    std::filesystem::create_directories(settings.data_dir);
    db::restore_sqlite_file(settings.sqlite_file(), command.file, options, command.replace,
                            patience());
  }
  out << "Restored. Everybody has to log in anew, and codes that were mailed no longer work.\n";
  return kSuccess;
}

void add_restore_command(CLI::App& program, int& exit_code) {
  CLI::App* sub = program.add_subcommand("restore", "Put a backup in the place of the database.");
  sub->footer("On SQLite stop the server first.");
  const auto command = std::make_shared<RestoreCommand>();
  sub->add_option("file", command->file, "What tms backup wrote")->required();
  sub->add_flag("--check", command->check, "Only check the file and say what it holds");
  sub->add_flag("--replace", command->replace, "Replace a database that holds accounts");
  sub->add_flag("--new-secret", command->new_secret, "The secret of the backup is lost");
  sub->callback([command, &exit_code] {
    const auto settings = load_settings();
    core::SystemRandom random;
    exit_code = settings ? run_restore_command(*command, *settings, core::SystemClock{}, random,
                                               std::cout, std::cerr)
                         : static_cast<int>(kUsage);
  });
}

}  // namespace tms::hosts
