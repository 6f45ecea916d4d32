#include <netdb.h>
#include <unistd.h>

#include <cstdlib>
#include <string_view>

#include "backend/hosts/lambda/bootstrap.h"

// glibc, not in a header: without it a static program loads the plug-ins that nsswitch.conf names,
// which are not there.
extern "C" int __nss_configure_lookup(const char* database, const char* services);

namespace {

tms::hosts::Environment read_everything() {
  tms::hosts::Environment environment;
  for (char** entry = environ; *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (equals != std::string_view::npos)
      environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return environment;
}

std::string variable(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
  return value == nullptr ? std::string() : std::string(value);
}

}  // namespace

int main() {
  __nss_configure_lookup("hosts", "files dns");
  __nss_configure_lookup("passwd", "files");
  return tms::lambda::run_bootstrap(read_everything(), [] {
    return tms::aws::Credentials{variable("AWS_ACCESS_KEY_ID"), variable("AWS_SECRET_ACCESS_KEY"),
                                 variable("AWS_SESSION_TOKEN")};
  });
}
