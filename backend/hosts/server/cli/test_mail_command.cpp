#include "backend/hosts/server/cli/test_mail_command.h"

#include <CLI/App.hpp>
#include <CLI/Config.hpp>
#include <CLI/Formatter.hpp>
#include <iostream>
#include <memory>

#include "backend/hosts/server/cli/command_line.h"
#include "backend/hosts/server/cli/load_settings.h"
#include "backend/hosts/server/mail_transport.h"
#include "backend/validators/email_address.h"

namespace tms::hosts {

int run_test_mail_command(const std::string& address,
                          const Settings& settings,
                          const core::Clock& clock,
                          std::ostream& out,
                          std::ostream& err) {
  const auto checked = validators::check_email_address(address);
  if (const auto* error = std::get_if<core::FieldError>(&checked)) {
    err << "tms: " << error->message << "\n";
    return 1;
  }
  const auto transport = make_mail_transport(settings, clock);
  if (!transport) {
    err << "tms: " << transport.error().log.value << "\n";
    return 1;
  }
  email::Message message = email::compose_test_message(address, settings.public_url.origin());
  message.message_id = "test-" + std::to_string(core::to_micros(clock.now()));
  message.date = clock.now();
  const email::SendResult result = (*transport)->send(message);
  if (result.outcome == email::SendResult::Outcome::sent) {
    out << (settings.mails_to_files() ? "Written: " : "Taken by the mail server: ") << result.detail
        << "\n";
    return 0;
  }
  const bool permanent = result.outcome == email::SendResult::Outcome::permanent;
  err << "tms: not sent" << (permanent ? ", refused for good: " : ": ") << result.detail << "\n";
  return 1;
}

void add_test_mail_command(CLI::App& program, int& exit_code) {
  CLI::App* command =
      program.add_subcommand("test-mail", "Send one mail now and say what became of it.");
  const auto address = std::make_shared<std::string>();
  command->add_option("address", *address, "Where to")->required();
  command->callback([address, &exit_code] {
    const auto settings = load_settings();
    exit_code = settings ? run_test_mail_command(*address, *settings, core::SystemClock{},
                                                 std::cout, std::cerr)
                         : static_cast<int>(kUsage);
  });
}

}  // namespace tms::hosts
