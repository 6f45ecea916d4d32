#include "backend/auth/sign_in.h"

#include <algorithm>

#include "backend/auth/sessions.h"

namespace tms::auth {
namespace {

/// Enough to tell browsers apart; no header is trusted to be short.
constexpr std::size_t kMaxUserAgent = 256;

/// The header as text that both databases take: HTTP allows any byte above 127, and no text here
/// needs one.
std::string printable(std::string_view header) {
  std::string text(header.substr(0, kMaxUserAgent));
  std::replace_if(
      text.begin(), text.end(), [](char byte) { return byte < ' ' || byte > '~'; }, '?');
  return text;
}

}  // namespace

std::string SignIn::start(db::Transaction& transaction,
                          const http::Request& request,
                          std::int64_t user_id,
                          core::Timestamp now) const {
  if (const auto token = my_.cookie.read(request)) {
    if (const auto old = my_.verifier.verify_even_if_expired(*token, now)) {
      end_session(transaction, old->session_id);
    }
  }
  const Session session{.session_id = core::random_id(my_.random),
                        .user_id = user_id,
                        .created_at = now,
                        .last_seen = now,
                        .expires_at = now + my_.limits.absolute,
                        .user_agent = printable(request.header("user-agent").value_or("")),
                        .address = printable(request.client_address)};
  insert_session(transaction, session);
  const std::string token =
      my_.issuer.issue({session.session_id, user_id}, now, session.expires_at);
  return my_.cookie.set(token, now, session.expires_at);
}

}  // namespace tms::auth
