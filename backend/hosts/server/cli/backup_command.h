#pragma once

#include <filesystem>
#include <iosfwd>

#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/hosts/app/settings.h"

namespace tms::hosts {

/// `tms backup FILE`: copies the database while the server runs. The secret is not in the copy, and
/// the command says so. The process's exit code; throws what the database throws.
int run_backup_command(const std::filesystem::path& file,
                       const Settings& settings,
                       const core::Clock& clock,
                       std::ostream& out,
                       std::ostream& err);

struct RestoreCommand {
  std::filesystem::path file;
  /// Only read the file and say what is in it.
  bool check = false;
  /// The database holds accounts that may go.
  bool replace = false;
  /// The secret of the backup is lost: take whatever secret the next start finds or makes.
  bool new_secret = false;
};

/// `tms restore FILE`: puts a backup in the place of the database, wholly or not at all. On SQLite
/// the server must be stopped.
int run_restore_command(const RestoreCommand& command,
                        const Settings& settings,
                        const core::Clock& clock,
                        core::Random& random,
                        std::ostream& out,
                        std::ostream& err);

}  // namespace tms::hosts
