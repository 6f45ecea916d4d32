#pragma once

namespace CLI {
class App;
}

namespace tms::hosts {

/// `tms doctor`, added like the commands of command_line.h.
void add_doctor_command(CLI::App& program, int& exit_code);

}  // namespace tms::hosts
