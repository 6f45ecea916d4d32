#include "backend/hosts/server/cli/hidden_input.h"

#include <termios.h>
#include <unistd.h>

#include <iostream>

namespace tms::hosts {
namespace {

/// Switches the terminal's echo off and, whatever happens, on again.
class WithoutEcho {
 public:
  explicit WithoutEcho(bool active) : active_(active && ::tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!active_) return;
    termios silent = before_;
    silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
  }
  ~WithoutEcho() {
    if (active_) ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
  }
  WithoutEcho(const WithoutEcho&) = delete;
  WithoutEcho& operator=(const WithoutEcho&) = delete;

 private:
  termios before_{};
  bool active_;
};

}  // namespace

std::string read_hidden_line(Console& console, const std::string& prompt) {
  if (console.is_terminal) console.out << prompt << std::flush;
  std::string line;
  {
    const WithoutEcho quiet(console.is_terminal);
    std::getline(console.in, line);
  }
  if (console.is_terminal) console.out << "\n";
  return line;
}

}  // namespace tms::hosts
