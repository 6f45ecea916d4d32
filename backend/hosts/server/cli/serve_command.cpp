#include <unistd.h>

#include <csignal>

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <initializer_list>
#include <iostream>
#include <memory>
#include <string>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/process.h"

namespace tms::hosts {
namespace {

sigset_t signal_set(std::initializer_list<int> numbers) {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int number : numbers)
    sigaddset(&signals, number);
  return signals;
}

// SIGHUP means "read anew" to a daemon and "your terminal is gone" to a program that was started
// by hand. A terminal that hung up answers no ioctl any more (Linux, hung_up_tty_ioctl).
class Terminal {
 public:
  [[nodiscard]] bool is_gone() const { return was_there_ && ::isatty(STDIN_FILENO) == 0; }

 private:
  bool was_there_ = ::isatty(STDIN_FILENO) == 1;
};

// Returns when the process is told to stop.
void obey_signals(const sigset_t& signals, const Terminal& terminal, ServerProcess& process) {
  int received = 0;
  while (true) {
    sigwait(&signals, &received);
    if (received != SIGHUP || terminal.is_gone()) return;
    process.reload();
  }
}

int run_serve(const Environment& from_command_line) {
  const Terminal terminal;
  // Writes to closed sockets report EPIPE instead.
  (void)signal(SIGPIPE, SIG_IGN);
  // Blocked before any thread is made, so that every thread inherits it and the signals wait for
  // sigwait.
  const sigset_t signals = signal_set({SIGTERM, SIGINT, SIGHUP});
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  const auto settings = load_settings(from_command_line);
  if (!settings) return kUsage;

  auto process = ServerProcess::open(*settings);
  if (!process) {
    std::cerr << "tms: " << process.error().log.value << '\n';
    return kFailure;
  }
  (*process)->start();
  std::cout << (*process)->greeting() << std::flush;

  obey_signals(signals, terminal, **process);
  // From here on a second signal to stop ends the process at once, by its default action.
  const sigset_t stop = signal_set({SIGTERM, SIGINT});
  pthread_sigmask(SIG_UNBLOCK, &stop, nullptr);
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
