#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/key_ring.h"
#include "backend/core/random.h"
#include "backend/core/result.h"

namespace tms::auth {

/// The one secret of an installation: lines `id:key`, newest first. The first key makes passwords'
/// pepper, codes and tokens, all of them check, so that a new line on top rotates the secret without
/// ending anything. A key has at least 32 bytes of text and must look random.
class Secret {
 public:
  /// Reads the lines; empty ones and those that begin with # are skipped. The error says which line
  /// is wrong and never quotes it.
  static core::Result<Secret> parse(std::string_view text);

  /// A file text with one new key of 256 random bits.
  static std::string make_text(core::Random& random);

  /// The keys for one purpose, newest first (HKDF-SHA-256, RFC 5869).
  [[nodiscard]] KeyRing keys(KeyPurpose purpose) const;

  /// The newest key for pseudonyms in logs.
  [[nodiscard]] std::vector<std::uint8_t> pseudonym_key() const;

  /// What tells one key from another without giving it away.
  struct Fingerprint {
    std::string id;
    std::string value;
  };
  [[nodiscard]] std::vector<Fingerprint> fingerprints() const;

 private:
  struct Line {
    std::string id;
    std::string key;
  };

  explicit Secret(std::vector<Line> lines) : lines_(std::move(lines)) {}

  std::vector<Line> lines_;
};

/// Where the secret comes from.
struct SecretSource {
  /// TMS_SECRET: the lines themselves; the file is not looked at.
  std::optional<std::string> text;
  std::filesystem::path file;
  /// A missing file is made, readable by its owner alone. Only for the embedded database, which lies
  /// beside it: servers of one PostgreSQL must share a secret, so there it is given explicitly.
  bool make_missing_file = false;
};

/// The error's log text says what to do.
core::Result<Secret> load_secret(const SecretSource& source, core::Random& random);

}  // namespace tms::auth
