#include "backend/email/smtp_transport.h"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <memory>
#include <stdexcept>

namespace tms::email {
namespace {

constexpr long kConnectSeconds = 10;
constexpr long kWholeSeconds = 45;

struct CurlDeleter {
  void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, CurlDeleter>;
using List = std::unique_ptr<curl_slist, CurlDeleter>;

struct Upload {
  std::string bytes;
  std::size_t sent = 0;
};

std::size_t read_upload(char* buffer, std::size_t size, std::size_t count, void* user_data) {
  auto& upload = *static_cast<Upload*>(user_data);
  const std::size_t length = std::min(size * count, upload.bytes.size() - upload.sent);
  upload.bytes.copy(buffer, length, upload.sent);
  upload.sent += length;
  return length;
}

template <class T>
void set(CURL* handle, CURLoption option, T value) {
  if (curl_easy_setopt(handle, option, value) != CURLE_OK)
    throw std::runtime_error("libcurl refused an option");
}

std::string server_url(const MailUrl& url) {
  const bool is_ipv6 = url.host.find(':') != std::string::npos;
  const std::string host = is_ipv6 ? "[" + url.host + "]" : url.host;
  const std::string scheme = url.scheme == MailUrl::Scheme::smtps ? "smtps://" : "smtp://";
  return scheme + host + ":" + std::to_string(url.port);
}

SendResult classify(CURLcode code, long smtp_status, const char* text) {
  if (code == CURLE_OK) return {SendResult::Outcome::sent, "accepted by the mail server"};
  std::string detail = text[0] != '\0' ? text : curl_easy_strerror(code);
  if (smtp_status > 0) detail += " (SMTP " + std::to_string(smtp_status) + ")";
  const bool refused = smtp_status >= 500 && smtp_status < 600 && code != CURLE_LOGIN_DENIED;
  return {refused ? SendResult::Outcome::permanent : SendResult::Outcome::temporary, detail};
}

SendResult perform(CURL* handle, const MailUrl& url) {
  std::array<char, CURL_ERROR_SIZE> error_text{};
  set(handle, CURLOPT_URL, server_url(url).c_str());
  set(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
  set(handle, CURLOPT_USE_SSL, static_cast<long>(url.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  set(handle, CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  if (!url.ca_file.empty()) set(handle, CURLOPT_CAINFO, url.ca_file.c_str());
  if (!url.username.empty()) {
    set(handle, CURLOPT_USERNAME, url.username.c_str());
    set(handle, CURLOPT_PASSWORD, url.password.c_str());
  }
  // Environment proxies are meant for web requests.
  set(handle, CURLOPT_PROXY, "");
  set(handle, CURLOPT_NOSIGNAL, 1L);
  set(handle, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  set(handle, CURLOPT_TIMEOUT, kWholeSeconds);
  set(handle, CURLOPT_ERRORBUFFER, error_text.data());

  const CURLcode code = curl_easy_perform(handle);
  long smtp_status = 0;
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &smtp_status);
  return classify(code, smtp_status, error_text.data());
}

}  // namespace

SmtpTransport::SmtpTransport(MailUrl url, Sender sender)
    : url_(std::move(url)), sender_(std::move(sender)) {
  // Counted and thread-safe since libcurl 7.84; never undone, as other users may still need it.
  curl_global_init(CURL_GLOBAL_DEFAULT);
}

SendResult SmtpTransport::send(const Message& message) {
  Upload upload{render_mime(message, sender_), 0};
  const Curl curl(curl_easy_init());
  const List recipients(curl_slist_append(nullptr, ("<" + message.recipient + ">").c_str()));
  if (!curl || !recipients) return {SendResult::Outcome::temporary, "out of memory"};

  CURL* handle = curl.get();
  set(handle, CURLOPT_MAIL_FROM, ("<" + sender_.address + ">").c_str());
  set(handle, CURLOPT_MAIL_RCPT, recipients.get());
  set(handle, CURLOPT_UPLOAD, 1L);
  set(handle, CURLOPT_READFUNCTION, &read_upload);
  set(handle, CURLOPT_READDATA, static_cast<void*>(&upload));
  return perform(handle, url_);
}

SendResult SmtpTransport::probe() const {
  const Curl curl(curl_easy_init());
  if (!curl) return {SendResult::Outcome::temporary, "out of memory"};
  CURL* handle = curl.get();
  set(handle, CURLOPT_CUSTOMREQUEST, "NOOP");
  set(handle, CURLOPT_NOBODY, 1L);
  return perform(handle, url_);
}

}  // namespace tms::email
