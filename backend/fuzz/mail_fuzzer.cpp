// Mail settings and headers: no line break gets into a header, whatever a name holds.

#include "backend/email/mail_url.h"
#include "backend/email/mime.h"
#include "backend/fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using tms::fuzz::require;
  const auto text = tms::fuzz::as_text(data, size);
  if (const auto url = tms::email::parse_mail_url(text);
      url && (url->scheme == tms::email::MailUrl::Scheme::smtp ||
              url->scheme == tms::email::MailUrl::Scheme::smtps)) {
    require(!url->host.empty() && url->port != 0);
  }
  if (const auto sender = tms::email::Sender::parse(text)) {
    require(!sender->domain().empty());
    require((sender->name + sender->address).find_first_of("\r\n") == std::string::npos);
  }
  return 0;
}
