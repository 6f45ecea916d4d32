#include "backend/hosts/app/environment.h"

#include <unistd.h>

#include <fstream>
#include <sstream>

#include "backend/hosts/app/ascii.h"

namespace tms::hosts {
namespace {

constexpr std::string_view kPrefix = "TMS_";
constexpr const char* kFileName = ".env";

core::Error wrong_line(std::size_t number) {
  core::Error error;
  error.code = core::ErrorCode::malformed_request;
  error.detail.value =
      std::string(kFileName) + ", line " + std::to_string(number) + ": expected NAME=value";
  return error;
}

std::string_view without_quotes(std::string_view value) {
  if (value.size() < 2) return value;
  const char quote = value.front();
  if ((quote != '"' && quote != '\'') || value.back() != quote) return value;
  return value.substr(1, value.size() - 2);
}

}  // namespace

core::Result<Environment> parse_env_file(std::string_view text) {
  Environment values;
  for (std::size_t number = 1; !text.empty(); ++number) {
    std::string_view line = take_until(text, '\n');
    if (line.ends_with('\r')) line.remove_suffix(1);
    line = trim(line);
    if (line.empty() || line.starts_with('#')) continue;
    if (line.starts_with("export ")) line = trim(line.substr(7));
    const auto equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) return wrong_line(number);
    const std::string_view value = trim(line.substr(equals + 1));
    values.insert_or_assign(std::string(trim(line.substr(0, equals))),
                            std::string(without_quotes(value)));
  }
  return values;
}

core::Result<Environment> read_environment() {
  Environment values;
  if (std::ifstream file(kFileName); file) {
    std::ostringstream text;
    text << file.rdbuf();
    auto parsed = parse_env_file(text.str());
    if (!parsed) return parsed.error();
    for (auto& [name, value] : *parsed) {
      if (name.starts_with(kPrefix)) values.insert_or_assign(name, std::move(value));
    }
  }
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text = *entry;
    const auto equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    values.insert_or_assign(std::string(text.substr(0, equals)),
                            std::string(text.substr(equals + 1)));
  }
  return values;
}

}  // namespace tms::hosts
