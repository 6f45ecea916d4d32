#pragma once

#include <sys/types.h>

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "backend/tests/support/temporary_folder.h"

namespace tms::tests {

/// Runs support/smtp/server.py as a child for the life of this object.
class SmtpServer {
 public:
  enum class Tls { none, starttls, implicit };

  /// `login` is "name:password" or empty. Throws when the server does not come up.
  explicit SmtpServer(Tls tls = Tls::none, const std::string& login = "");
  ~SmtpServer();
  SmtpServer(const SmtpServer&) = delete;
  SmtpServer& operator=(const SmtpServer&) = delete;

  [[nodiscard]] std::uint16_t port() const { return port_; }

  /// The certificate to trust, made for 127.0.0.1 and localhost.
  [[nodiscard]] std::string ca_file() const { return (keys_.path() / "cert.pem").string(); }

  /// Accepted mails in order; the envelope stands in X-From, X-To, X-Tls and X-Login on top.
  [[nodiscard]] std::vector<std::string> mails() const;

 private:
  void start(Tls tls, const std::string& login);

  TemporaryFolder keys_;
  TemporaryFolder mails_;
  pid_t child_ = -1;
  int standard_input_ = -1;
  std::uint16_t port_ = 0;
};

}  // namespace tms::tests
