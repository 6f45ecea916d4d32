#include "backend/hosts/server/cli/system_log.h"

#include <pwd.h>
#include <syslog.h>
#include <unistd.h>

#include <array>
#include <fstream>
#include <iostream>

#include "backend/hosts/app/json_log.h"

namespace tms::hosts {
namespace {

// What the kernel says of a process that nobody logged in for.
constexpr uid_t kNobodyLoggedIn = static_cast<uid_t>(-1);

uid_t login_user() {
  uid_t user = kNobodyLoggedIn;
  std::ifstream("/proc/self/loginuid") >> user;
  return user == kNobodyLoggedIn ? ::getuid() : user;
}

}  // namespace

SystemLog::SystemLog() {
  ::openlog("tms", LOG_PID, LOG_AUTHPRIV);
}

SystemLog::~SystemLog() {
  ::closelog();
}

void SystemLog::write(LogLevel level,
                      std::string_view event,
                      std::initializer_list<LogField> fields) noexcept {
  try {
    const std::string line = json_line(level, event, fields);
    // NOLINTNEXTLINE(cppcoreguidelines-pro-type-vararg): this is how syslog is called
    ::syslog(LOG_NOTICE, "%s", line.c_str());
    if (::isatty(STDERR_FILENO) == 0) std::cerr << line << '\n';
  } catch (...) {
    // Nothing to tell it to: the log itself failed.
    return;
  }
}

std::string operator_name() {
  const uid_t user = login_user();
  passwd entry{};
  passwd* found = nullptr;
  std::array<char, 4096> buffer{};
  if (::getpwuid_r(user, &entry, buffer.data(), buffer.size(), &found) != 0 || found == nullptr)
    return std::to_string(user);
  return entry.pw_name;
}

}  // namespace tms::hosts
