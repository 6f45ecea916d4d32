#include "backend/hosts/server/cli/doctor_command.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iomanip>
#include <iostream>
#include <memory>

#include "backend/hosts/app/json_log.h"
#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/doctor/doctor.h"

namespace tms::hosts {
namespace {

std::string_view word_for(Finding::State state) {
  switch (state) {
    case Finding::State::good:
      return "ok";
    case Finding::State::warning:
      return "look";
    case Finding::State::bad:
      break;
  }
  return "BAD";
}

int run_doctor(const DoctorOptions& options) {
  const auto settings = load_settings();
  if (!settings) return kFailure;
  const Findings findings = examine(*settings, core::SystemClock{}, options);
  bool bad = false;
  for (const Finding& finding : findings) {
    std::cout << std::left << std::setw(6) << word_for(finding.state) << std::setw(13)
              << finding.what << printable(finding.text) << '\n';
    bad = bad || finding.state == Finding::State::bad;
  }
  return bad ? kFailure : kSuccess;
}

}  // namespace

void add_doctor_command(CLI::App& program, int& exit_code) {
  CLI::App* command = program.add_subcommand(
      "doctor", "Look at everything that the server needs; change and send nothing.");
  const auto options = std::make_shared<DoctorOptions>();
  command->add_flag("--deep", options->deep, "Read the whole SQLite database");
  command->callback([options, &exit_code] { exit_code = run_doctor(*options); });
}

}  // namespace tms::hosts
