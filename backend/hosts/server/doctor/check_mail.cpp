#include <unistd.h>

#include <exception>
#include <filesystem>

#include "backend/aws/tls_socket.h"
#include "backend/email/mail_url.h"
#include "backend/email/smtp_transport.h"
#include "backend/hosts/server/doctor/doctor.h"
#include "backend/hosts/server/mail_transport.h"

namespace tms::hosts {
namespace {

using State = Finding::State;

Finding check_folder(const std::filesystem::path& folder) {
  const std::string where = std::filesystem::absolute(folder).string();
  if (!std::filesystem::exists(folder))
    return {State::good, "mail", "mails will be files in " + where};
  if (::access(folder.c_str(), W_OK | X_OK) != 0)
    return {State::bad, "mail", where + " is not writable for this user"};
  return {State::good, "mail", "mails are files in " + where};
}

Finding check_smtp(const email::MailUrl& url, email::Sender sender) {
  const auto result = email::SmtpTransport(url, std::move(sender)).probe();
  const std::string server = url.host + ":" + std::to_string(url.port);
  if (result.outcome == email::SendResult::Outcome::sent) {
    return {State::good, "mail",
            server + " can be reached" + (url.username.empty() ? "" : ", and takes the login")};
  }
  return {State::bad, "mail", server + ": " + result.detail};
}

Finding check_ses(const Settings& settings, const std::string& region) {
  const aws::Endpoint endpoint{true, "email." + region + ".amazonaws.com", 443};
  try {
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    const aws::TlsSocket socket(endpoint, settings.aws.ca_file, deadline);
  } catch (const std::exception& error) {
    return {State::bad, "mail", endpoint.host + ": " + error.what()};
  }
  return {State::good, "mail", endpoint.host + " can be reached; the credentials were not tried"};
}

}  // namespace

void check_mail(const Settings& settings, const core::Clock& clock, Findings& findings) {
  const auto url = email::parse_mail_url(settings.mail_url);
  auto sender = email::Sender::parse(settings.mail_from);
  // The folder of mails is made by its transport, and nothing is to be changed here.
  if (url && sender && url->scheme == email::MailUrl::Scheme::file) {
    findings.push_back(check_folder(settings.mail_folder()));
    return;
  }
  const auto transport = make_mail_transport(settings, clock);
  if (!transport) {
    findings.push_back({State::bad, "mail", transport.error().log.value});
  } else if (url->scheme == email::MailUrl::Scheme::ses) {
    findings.push_back(check_ses(settings, url->host));
  } else {
    findings.push_back(check_smtp(*url, *std::move(sender)));
  }
}

}  // namespace tms::hosts
