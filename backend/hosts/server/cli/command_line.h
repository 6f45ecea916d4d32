#pragma once

namespace CLI {
class App;
}

namespace tms::hosts {

/// What the process returns to the shell.
// NOLINTNEXTLINE(cppcoreguidelines-use-enum-class): main returns it as the number that it is
enum ExitCode : int {
  kSuccess = 0,
  /// The command could not do what it was asked to.
  kFailure = 1,
  /// The command line or a setting is wrong.
  kUsage = 2,
};

/// The program `tms`: reads the command line, runs one command and returns its exit code. Failures
/// are told in one plain line on standard error.
int run_command_line(int argc, const char* const* argv);

/// Each adds its command to the program. A command that runs stores its exit code.
void add_serve_command(CLI::App& program, int& exit_code);
void add_migrate_command(CLI::App& program, int& exit_code);
void add_routes_command(CLI::App& program, int& exit_code);
void add_user_command(CLI::App& program, int& exit_code);
void add_test_mail_command(CLI::App& program, int& exit_code);
void add_backup_command(CLI::App& program, int& exit_code);
void add_restore_command(CLI::App& program, int& exit_code);

}  // namespace tms::hosts
