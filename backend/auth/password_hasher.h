#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "backend/auth/hash_gate.h"
#include "backend/auth/key_ring.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"

namespace tms::auth {

/// Hashes passwords: bcrypt `$2b$` over base64(HMAC-SHA-256(pepper, NFKC(password))). bcrypt alone
/// cuts at 72 bytes and at a NUL; the pepper lies outside the database, so a stolen table cannot be
/// guessed at. Stored as `<key id>:$2b$…`. Safe on many threads; at most `at_once` hash at a time.
class PasswordHasher {
 public:
  struct Settings {
    /// bcrypt's logarithmic cost, 4 to 16; 12 takes about 200 ms on one core.
    int cost = 12;
    /// Hashes at the same time; the rest of the cores keeps serving.
    std::size_t at_once = hashes_at_once();
  };

  /// `pepper` are the keys of KeyPurpose::password_pepper.
  PasswordHasher(KeyRing pepper, Settings settings, core::Random& random);

  /// A new hash with the newest key. Throws db::Unavailable when its turn does not come in time.
  [[nodiscard]] std::string hash(std::string_view password, core::Deadline deadline) const;

  struct Verdict {
    bool matches = false;
    /// It matches, but with an older key or a lower cost than a new hash would have.
    bool needs_rehash = false;
  };

  /// Compares with a stored hash. Without one (no such account) or with an unknown key id the same
  /// work is done and nothing matches.
  [[nodiscard]] Verdict verify(std::string_view password,
                               const std::optional<std::string>& stored,
                               core::Deadline deadline) const;

 private:
  KeyRing pepper_;
  Settings settings_;
  core::Random& random_;
  std::string dummy_;
  mutable HashGate gate_;
};

}  // namespace tms::auth
