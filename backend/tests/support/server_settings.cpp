#include "backend/tests/support/server_settings.h"

#include <fstream>

namespace tms::tests {

hosts::Settings server_settings(const std::filesystem::path& folder) {
  std::ofstream(folder / "index.html") << "<!doctype html>";
  hosts::Settings settings;
  settings.listen = {"127.0.0.1", 0};
  settings.data_dir = folder / "data";
  settings.secret_file = settings.data_dir / "secret";
  settings.page_dir = folder;
  settings.mail_from = "no-reply@localhost";
  settings.log_level = hosts::LogLevel::error;
  return settings;
}

}  // namespace tms::tests
