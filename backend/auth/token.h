#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "backend/auth/key_ring.h"
#include "backend/auth/token_key.h"
#include "backend/core/clock.h"
#include "backend/http/request.h"

namespace tms::auth {

/// What a token with a good signature says.
struct TokenClaims {
  http::Identity identity;
  /// Seconds since 1970.
  std::int64_t issued = 0;
  std::int64_t expires = 0;

  /// Neither expired at `now` nor, but for 30 s by which clocks may differ, from the future.
  [[nodiscard]] bool are_valid_at(core::Timestamp now) const;
};

/// Makes the JWT that carries a session's id. Only `login` and `verify_otp` hold one (row 35 of the
/// security checklist: a token is never re-issued). Safe on many threads.
class TokenIssuer {
 public:
  explicit TokenIssuer(std::shared_ptr<const TokenSigningKey> key);

  /// HS256 with the newest key.
  explicit TokenIssuer(const KeyRing& keys);

  /// `expires` is the absolute end of the session row. Times are cut to whole seconds.
  [[nodiscard]] std::string issue(const http::Identity& identity,
                                  core::Timestamp issued,
                                  core::Timestamp expires) const;

 private:
  std::shared_ptr<const TokenSigningKey> key_;
};

/// Checks the form, signature and claims of a session's JWT without the database; that the session
/// row lives is the data statement's to check. Strict (RFC 7515, 7519, 8725): canonical base64url,
/// no member twice, exactly the header and claims that TokenIssuer writes, algorithm fixed by the
/// configured key. Safe on many threads.
class TokenVerifier {
 public:
  explicit TokenVerifier(std::vector<std::shared_ptr<const TokenVerificationKey>> keys);

  /// HS256; every key of the ring is accepted.
  explicit TokenVerifier(const KeyRing& keys);

  /// What the token says, whenever that is, or nothing for any reason whatever.
  [[nodiscard]] std::optional<TokenClaims> read(std::string_view token) const;

  /// Who the token speaks for, or nothing for any reason whatever.
  [[nodiscard]] std::optional<http::Identity> verify(std::string_view token,
                                                     core::Timestamp now) const;

  /// The same without the check of `exp`: an expired cookie still names the session that logout ends.
  [[nodiscard]] std::optional<http::Identity> verify_even_if_expired(std::string_view token,
                                                                     core::Timestamp now) const;

 private:
  std::vector<std::shared_ptr<const TokenVerificationKey>> keys_;
};

}  // namespace tms::auth
