#include "backend/hosts/server/tls_keys.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <ctime>
#include <new>
#include <utility>

namespace tms::hosts {
namespace {

// What Mozilla calls "intermediate" without DHE: key exchange that leaves nothing to decrypt later,
// and authenticated encryption only. TLS 1.3 has nothing else.
constexpr const char* kCiphers = "ECDHE+AESGCM:ECDHE+CHACHA20";
constexpr const char* kGroups = "X25519:P-256:P-384";

core::Error refuse(std::string text) {
  std::array<char, 256> reason{};
  if (const auto code = ERR_peek_last_error(); code != 0) {
    ERR_error_string_n(code, reason.data(), reason.size());
    text += std::string(" (") + reason.data() + ")";
  }
  ERR_clear_error();
  core::Error error;
  error.log.value = std::move(text);
  return error;
}

// A client that names protocols and not this one wants to speak something else (RFC 7301 section 3.2).
int choose_protocol(SSL* /*ssl*/,
                    const unsigned char** chosen,
                    unsigned char* chosen_length,
                    const unsigned char* offered,
                    unsigned int offered_length,
                    void* /*context*/) {
  static constexpr std::array<unsigned char, 9> kHttp{8, 'h', 't', 't', 'p', '/', '1', '.', '1'};
  unsigned char* found = nullptr;
  if (SSL_select_next_proto(&found, chosen_length, kHttp.data(), kHttp.size(), offered,
                            offered_length) != OPENSSL_NPN_NEGOTIATED) {
    return SSL_TLSEXT_ERR_ALERT_FATAL;
  }
  *chosen = found;
  return SSL_TLSEXT_ERR_OK;
}

// A server has nobody at a terminal to ask.
int no_passphrase(char* /*buffer*/, int /*size*/, int /*is_writing*/, void* /*context*/) {
  return 0;
}

}  // namespace

core::Result<core::Timestamp> certificate_end(const std::filesystem::path& file) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> bio(BIO_new_file(file.c_str(), "r"), &BIO_free);
  if (!bio) return refuse("the certificate " + file.string() + " cannot be read");
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(
      PEM_read_bio_X509(bio.get(), nullptr, &no_passphrase, nullptr), &X509_free);
  std::tm end{};
  if (!certificate || ASN1_TIME_to_tm(X509_get0_notAfter(certificate.get()), &end) != 1)
    return refuse(file.string() + " holds no certificate in PEM form");
  return core::Timestamp(std::chrono::seconds(::timegm(&end)));
}

TlsKeys::TlsKeys(std::filesystem::path certificate, std::filesystem::path key)
    : certificate_(std::move(certificate)), key_(std::move(key)) {}

core::Result<void> TlsKeys::reload() {
  auto read = read_files();
  if (!read) return read.error();
  const std::scoped_lock lock(mutex_);
  context_ = std::move(*read);
  return {};
}

core::Result<std::shared_ptr<SSL_CTX>> TlsKeys::read_files() const {
  ERR_clear_error();
  std::shared_ptr<SSL_CTX> context(SSL_CTX_new(TLS_server_method()), &SSL_CTX_free);
  if (!context) throw std::bad_alloc();
  SSL_CTX* raw = context.get();
  SSL_CTX_set_min_proto_version(raw, TLS1_2_VERSION);
  SSL_CTX_set_options(raw, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION |
                               SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
  SSL_CTX_set_session_cache_mode(raw, SSL_SESS_CACHE_OFF);
  SSL_CTX_set_num_tickets(raw, 0);
  // About 34 KB less for each connection that waits for its next request.
  SSL_CTX_set_mode(raw, SSL_MODE_RELEASE_BUFFERS);
  SSL_CTX_set_alpn_select_cb(raw, &choose_protocol, nullptr);
  SSL_CTX_set_default_passwd_cb(raw, &no_passphrase);
  if (SSL_CTX_set_cipher_list(raw, kCiphers) != 1 || SSL_CTX_set1_groups_list(raw, kGroups) != 1)
    return refuse("OpenSSL knows none of the ciphers");
  if (SSL_CTX_use_certificate_chain_file(raw, certificate_.c_str()) != 1)
    return refuse("TMS_TLS_CERTIFICATE: no certificate chain in PEM form can be read from " +
                  certificate_.string());
  if (SSL_CTX_use_PrivateKey_file(raw, key_.c_str(), SSL_FILETYPE_PEM) != 1)
    return refuse(
        "TMS_TLS_KEY: no key for this certificate, in PEM form and without a passphrase, "
        "can be read from " +
        key_.string());
  return context;
}

SSL* TlsKeys::new_session() const {
  const std::scoped_lock lock(mutex_);
  SSL* session = SSL_new(context_.get());
  if (session == nullptr) throw std::bad_alloc();
  return session;
}

}  // namespace tms::hosts
