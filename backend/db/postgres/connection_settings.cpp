#include "backend/db/postgres/connection_settings.h"

#include <libpq-fe.h>

#include <memory>
#include <stdexcept>
#include <utility>
#include <vector>

#include "backend/db/postgres/resolver.h"

namespace tms::db::postgres {
namespace {

// Debian's and Amazon Linux's bundle; libpq 15 does not know sslrootcert=system.
constexpr const char* kRootCertificates = "/etc/ssl/certs/ca-certificates.crt";

ConnectionSettings::Keywords parse_url(const std::string& url) {
  char* problem = nullptr;
  const std::unique_ptr<PQconninfoOption, decltype(&PQconninfoFree)> options(
      PQconninfoParse(url.c_str(), &problem), &PQconninfoFree);
  // libpq's text may quote the URL, and with it the password.
  PQfreemem(problem);
  if (!options) throw std::invalid_argument("the database URL cannot be read");
  ConnectionSettings::Keywords keywords;
  for (const PQconninfoOption* option = options.get(); option->keyword != nullptr; ++option) {
    if (option->val != nullptr && *option->val != '\0') keywords[option->keyword] = option->val;
  }
  return keywords;
}

std::vector<std::string> split(const std::string& list) {
  std::vector<std::string> parts;
  std::size_t start = 0;
  for (std::size_t comma = 0; comma != std::string::npos; start = comma + 1) {
    comma = list.find(',', start);
    parts.push_back(list.substr(start, comma - start));
  }
  return parts;
}

bool on_this_machine(const std::string& host) {
  return host.starts_with('/') || host.starts_with('@') || host == "localhost" ||
         host == "127.0.0.1" || host == "::1";
}

std::string milliseconds(std::chrono::milliseconds time) {
  return std::to_string(time.count());
}

}  // namespace

ConnectionSettings::ConnectionSettings(const std::string& url,
                                       Limits limits,
                                       std::function<std::string()> password)
    : keywords_(parse_url(url)), limits_(limits), password_(std::move(password)) {
  // Without it libpq asks for the name of the process's user, which a bare container lacks.
  if (!keywords_.contains("user")) {
    throw std::invalid_argument("the database URL must name the user: postgresql://user@host/name");
  }
  keywords_.try_emplace("host", "localhost");
  choose_certificate_check();
  add_our_own();
}

void ConnectionSettings::choose_certificate_check() {
  bool local = true;
  for (const std::string& host : split(keywords_.at("host")))
    local = local && on_this_machine(host);
  const std::string& mode =
      keywords_.try_emplace("sslmode", local ? "prefer" : "verify-full").first->second;
  if (mode.starts_with("verify")) keywords_.try_emplace("sslrootcert", kRootCertificates);
}

void ConnectionSettings::add_our_own() {
  keywords_.try_emplace("application_name", "tms");
  keywords_.try_emplace("target_session_attrs", "read-write");
  keywords_["client_encoding"] = "UTF8";
  keywords_["gssencmode"] = "disable";
  keywords_.try_emplace("tcp_user_timeout", "5000");
  keywords_.try_emplace("keepalives_idle", "1");
  keywords_.try_emplace("keepalives_interval", "1");
  keywords_.try_emplace("keepalives_count", "5");
  // client_connection_check_interval: a statement whose client is gone must not hold its locks.
  keywords_["options"] +=
      " -c statement_timeout=" + milliseconds(limits_.statement) +
      " -c lock_timeout=" + milliseconds(limits_.lock) +
      " -c idle_in_transaction_session_timeout=" + milliseconds(limits_.idle_in_transaction) +
      " -c client_connection_check_interval=2000";
}

ConnectionSettings::Keywords ConnectionSettings::resolve(core::Deadline deadline) const {
  Keywords keywords = keywords_;
  if (password_) keywords["password"] = password_();
  if (keywords.contains("hostaddr")) return keywords;
  const std::vector<std::string> hosts = split(keywords.at("host"));
  const std::vector<std::string> ports =
      split(keywords.contains("port") ? keywords.at("port") : std::string("5432"));
  std::string names;
  std::string addresses;
  std::string numbers;
  const auto add = [&](const std::string& host, const std::string& address,
                       const std::string& port) {
    const char* comma = names.empty() ? "" : ",";
    names += comma + host;
    addresses += comma + address;
    numbers += comma + port;
  };
  for (std::size_t index = 0; index < hosts.size(); ++index) {
    const std::string& host = hosts[index];
    const std::string& port = ports.size() == 1 ? ports.front() : ports.at(index);
    const bool as_it_is = host.starts_with('/') || host.starts_with('@');
    if (as_it_is || is_numeric_address(host)) {
      add(host, as_it_is ? "" : host, port);
      continue;
    }
    // The name goes along with the address: it is what the certificate is checked against.
    for (const std::string& address : resolve_host(host, deadline))
      add(host, address, port);
  }
  keywords["host"] = names;
  keywords["hostaddr"] = addresses;
  keywords["port"] = numbers;
  return keywords;
}

}  // namespace tms::db::postgres
