#pragma once

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "backend/core/clock.h"
#include "backend/core/result.h"

namespace tms::hosts {

/// When a PEM file's first certificate ends. The error's log text is for the operator.
core::Result<core::Timestamp> certificate_end(const std::filesystem::path& file);

/// Certificate and key of the listener: TLS 1.2 and 1.3 with forward secrecy, HTTP/1.1 by ALPN, no
/// resumption (a key for tickets that lives long would undo forward secrecy). Safe to use on many
/// threads.
class TlsKeys {
 public:
  /// The files are read at `reload`, which has to succeed before `new_session` is called.
  TlsKeys(std::filesystem::path certificate, std::filesystem::path key);

  /// Reads the files anew; connections that are made from then on use them. After an error the
  /// former ones stay. The error's log text names the setting.
  core::Result<void> reload();

  /// The server's side of one connection; the caller owns it.
  [[nodiscard]] SSL* new_session() const;

 private:
  [[nodiscard]] core::Result<std::shared_ptr<SSL_CTX>> read_files() const;

  const std::filesystem::path certificate_;
  const std::filesystem::path key_;
  mutable std::mutex mutex_;  // guards context_
  std::shared_ptr<SSL_CTX> context_;
};

}  // namespace tms::hosts
