#include "backend/email/mail_url.h"

#include <charconv>
#include <optional>

namespace tms::email {
namespace {

core::Error wrong(std::string detail) {
  core::Error error;
  error.code = core::ErrorCode::validation_failed;
  error.detail.value = std::move(detail);
  return error;
}

std::optional<int> hex_value(char character) {
  if (character >= '0' && character <= '9') return character - '0';
  if (character >= 'a' && character <= 'f') return character - 'a' + 10;
  if (character >= 'A' && character <= 'F') return character - 'A' + 10;
  return std::nullopt;
}

std::optional<std::string> percent_decode(std::string_view text) {
  std::string decoded;
  for (std::size_t index = 0; index < text.size(); ++index) {
    if (text[index] != '%') {
      decoded += text[index];
      continue;
    }
    if (index + 2 >= text.size()) return std::nullopt;
    const auto high = hex_value(text[index + 1]);
    const auto low = hex_value(text[index + 2]);
    if (!high || !low) return std::nullopt;
    decoded += static_cast<char>(*high * 16 + *low);
    index += 2;
  }
  // A control character in a name or password would end the SMTP command.
  for (const char character : decoded) {
    if (static_cast<unsigned char>(character) < 0x20) return std::nullopt;
  }
  return decoded;
}

bool is_loopback(std::string_view host) {
  return host == "localhost" || host == "::1" || host.starts_with("127.");
}

bool is_host(std::string_view host) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:";
  return !host.empty() && host.find_first_not_of(kAllowed) == std::string_view::npos;
}

std::optional<core::Error> read_login(std::string_view login, MailUrl& url) {
  const auto colon = login.find(':');
  const auto username = percent_decode(login.substr(0, colon));
  const auto password = colon == std::string_view::npos ? std::optional<std::string>("")
                                                        : percent_decode(login.substr(colon + 1));
  if (!username || !password || username->empty())
    return wrong("the user name or password is not percent-encoded");
  url.username = *username;
  url.password = *password;
  return std::nullopt;
}

std::optional<core::Error> read_host(std::string_view text, MailUrl& url) {
  std::string_view rest;
  if (text.starts_with('[')) {
    const auto end = text.find(']');
    if (end == std::string_view::npos) return wrong("the address in [] does not end");
    url.host = text.substr(1, end - 1);
    rest = text.substr(end + 1);
  } else {
    const auto colon = text.find(':');
    url.host = text.substr(0, colon);
    rest = colon == std::string_view::npos ? std::string_view{} : text.substr(colon);
  }
  if (!is_host(url.host)) return wrong("the host name is missing or wrong");
  if (rest.empty()) return std::nullopt;
  if (!rest.starts_with(':')) return wrong("the port is wrong");
  rest.remove_prefix(1);
  const auto [end, error] = std::from_chars(rest.data(), rest.data() + rest.size(), url.port);
  if (error != std::errc{} || end != rest.data() + rest.size() || url.port == 0)
    return wrong("the port is wrong");
  return std::nullopt;
}

std::optional<core::Error> read_options(std::string_view query, MailUrl& url) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const std::string_view option = query.substr(0, end);
    query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
    if (option == "starttls=off") {
      if (!is_loopback(url.host))
        return wrong("starttls=off is allowed for a mail server on this machine only");
      url.starttls = false;
    } else if (option.starts_with("ca=")) {
      const auto path = percent_decode(option.substr(3));
      if (!path) return wrong("the path after ca= is not percent-encoded");
      url.ca_file = *path;
    } else {
      return wrong("unknown option; known are starttls=off and ca=PATH");
    }
  }
  return std::nullopt;
}

core::Result<MailUrl> parse_smtp(std::string_view rest, MailUrl url) {
  const auto question = rest.find('?');
  const std::string_view query =
      question == std::string_view::npos ? std::string_view{} : rest.substr(question + 1);
  rest = rest.substr(0, question);
  if (rest.ends_with('/')) rest.remove_suffix(1);
  const auto at = rest.rfind('@');
  if (at != std::string_view::npos) {
    if (auto error = read_login(rest.substr(0, at), url)) return *error;
    rest = rest.substr(at + 1);
  }
  if (auto error = read_host(rest, url)) return *error;
  if (auto error = read_options(query, url)) return *error;
  return url;
}

}  // namespace

core::Result<MailUrl> parse_mail_url(std::string_view text) {
  constexpr std::string_view kSmtp = "smtp://";
  constexpr std::string_view kSmtps = "smtps://";
  constexpr std::string_view kSes = "ses://";
  MailUrl url;
  if (text == "file:") return url;
  if (text.starts_with(kSmtp)) {
    url.scheme = MailUrl::Scheme::smtp;
    url.port = 587;
    return parse_smtp(text.substr(kSmtp.size()), url);
  }
  if (text.starts_with(kSmtps)) {
    url.scheme = MailUrl::Scheme::smtps;
    url.port = 465;
    return parse_smtp(text.substr(kSmtps.size()), url);
  }
  if (text.starts_with(kSes)) {
    url.scheme = MailUrl::Scheme::ses;
    url.host = text.substr(kSes.size());
    if (!is_host(url.host)) return wrong("the region after ses:// is missing");
    return url;
  }
  return wrong("it must begin with file:, smtp://, smtps:// or ses://");
}

}  // namespace tms::email
