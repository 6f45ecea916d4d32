#include <csignal>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/process.h"

namespace tms::hosts {
namespace {

// Blocked before any thread is made, so that every thread inherits it and the signal waits for
// sigwait below.
sigset_t block_stop_signals() {
  // Writes to closed sockets report EPIPE instead.
  (void)signal(SIGPIPE, SIG_IGN);
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  return signals;
}

int run_serve(const Environment& from_command_line) {
  const auto settings = load_settings(from_command_line);
  if (!settings) return kUsage;
  const sigset_t signals = block_stop_signals();

  auto process = ServerProcess::open(*settings);
  if (!process) {
    std::cerr << "tms: " << process.error().log.value << '\n';
    return kFailure;
  }
  (*process)->start();
  std::cout << (*process)->greeting() << std::flush;

  int received = 0;
  sigwait(&signals, &received);
  // From here on a second signal ends the process at once, by its default action.
  pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  (*process)->stop();
  return kSuccess;
}

}  // namespace

void add_serve_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("serve", "Serve the page and the API until SIGTERM or Ctrl-C.");
  const auto overrides = std::make_shared<Environment>();
  const auto option = [&](const std::string& name, const std::string& setting,
                          const std::string& help) {
    command->add_option_function<std::string>(
        name,
        [overrides, setting](const std::string& value) {
          overrides->insert_or_assign(setting, value);
        },
        help + " (instead of " + setting + ")");
  };
  option("--listen", "TMS_LISTEN", "ADDRESS:PORT to listen on");
  option("--data-dir", "TMS_DATA_DIR", "Folder of database, secret and mails");
  option("--page-dir", "TMS_PAGE_DIR", "Folder of the built web page");
  command->callback([overrides, &exit_code] { exit_code = run_serve(*overrides); });
}

}  // namespace tms::hosts
