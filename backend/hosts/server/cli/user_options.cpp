#include <unistd.h>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/cli/system_log.h"
#include "backend/hosts/server/cli/user_command.h"

namespace tms::hosts {
namespace {

int run_user(const UserCommand& command) {
  const auto settings = load_settings();
  if (!settings) return kUsage;
  const core::SystemClock clock;
  core::SystemRandom random;
  Console console{std::cin, std::cout, std::cerr, ::isatty(STDIN_FILENO) == 1};
  SystemLog log;
  return run_user_command(command, *settings, clock, random, console, {log, operator_name()});
}

}  // namespace

void add_user_command(CLI::App& program, int& exit_code) {
  using Action = UserCommand::Action;
  const auto command = std::make_shared<UserCommand>();
  CLI::App* user =
      program.add_subcommand("user", "List, create, lock and delete users, set a password.");
  user->require_subcommand(1);
  user->footer("On SQLite stop the server first. Passwords are read from standard input.");

  const auto add = [&](const char* name, const char* text, Action action) {
    CLI::App* sub = user->add_subcommand(name, text);
    sub->callback([command, action, &exit_code] {
      command->action = action;
      exit_code = run_user(*command);
    });
    return sub;
  };
  const auto add_for_existing = [&](const char* name, const char* text, Action action) {
    CLI::App* sub = add(name, text, action);
    sub->add_option("user", command->name, "User name or e-mail")->required();
    return sub;
  };

  add("list", "Show every user.", Action::list);
  CLI::App* create = add("create", "Create a user whose address needs no proof.", Action::create);
  create->add_option("username", command->name, "3 to 32 of A-Z a-z 0-9 . _ -")->required();
  create->add_option("email", command->email, "Where codes go")->required();
  add_for_existing("set-password", "Set a password and sign the user out.", Action::set_password);
  add_for_existing("lock", "Lock a user and sign him out everywhere.", Action::lock);
  add_for_existing("unlock", "Let a locked user log in again.", Action::unlock);
  add_for_existing("delete", "Delete a user and his own tasks for good.", Action::remove)
      ->add_flag("--yes", command->yes, "Do not ask");
}

}  // namespace tms::hosts
