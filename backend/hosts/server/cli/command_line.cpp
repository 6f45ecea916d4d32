#include "backend/hosts/server/cli/command_line.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <exception>
#include <iostream>

#include "backend/hosts/server/cli/doctor_command.h"
#include "backend/hosts/server/version.h"

namespace tms::hosts {

int run_command_line(int argc, const char* const* argv) {
  CLI::App program("Task Management System: keeps track of tasks for one person or a small team.",
                   "tms");
  program.set_version_flag("--version", std::string("tms ") + std::string(version()));
  program.require_subcommand(1);
  program.footer(
      "Settings are TMS_ variables of the environment or of a file .env; see docs/operations.md.");

  int exit_code = kSuccess;
  add_serve_command(program, exit_code);
  add_migrate_command(program, exit_code);
  add_routes_command(program, exit_code);
  add_user_command(program, exit_code);
  add_test_mail_command(program, exit_code);
  add_backup_command(program, exit_code);
  add_restore_command(program, exit_code);
  add_doctor_command(program, exit_code);

  try {
    program.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    // --help and --version come this way, too, with an exit code of 0.
    return program.exit(error) == 0 ? kSuccess : kUsage;
  } catch (const std::exception& error) {
    std::cerr << "tms: " << error.what() << '\n';
    return kFailure;
  }
  return exit_code;
}

}  // namespace tms::hosts
