#include "backend/auth/token.h"

#include <gtest/gtest.h>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/tests/support/manual_clock.h"

namespace tms::tests {
namespace {

using auth::KeyRing;
using std::chrono::hours;
using std::chrono::seconds;

auth::Key key(const std::string& id, std::uint8_t fill) {
  auth::Key made{id, {}};
  made.bytes.fill(fill);
  return made;
}

std::string encode(std::string_view text) {
  return core::base64url_encode(core::as_bytes(text));
}

/// A token of these very texts, signed by the key: what an attacker with our key could make, so that
/// each check is met alone.
std::string sign(std::string_view header, std::string_view claims, const auth::Key& by) {
  const std::string text = encode(header) + '.' + encode(claims);
  return text + '.' + core::base64url_encode(core::hmac_sha256(by.bytes, core::as_bytes(text)));
}

std::string replaced(std::string text, std::string_view part, std::string_view by) {
  const auto place = text.find(part);
  EXPECT_NE(place, std::string::npos) << part;
  return text.replace(place, part.size(), by);
}

const auth::Key kKey = key("now", 1);
// The clock of the tests stands at 1773307800.
const std::string kHeader = R"({"alg":"HS256","typ":"session+jwt","kid":"now"})";
const std::string kClaims =
    R"({"iss":"tms","aud":"tms-session","sub":"7","sid":"s","iat":1773307800,"exp":1773307900})";

class Token : public testing::Test {
 protected:
  [[nodiscard]] bool accepts(const std::string& token) const {
    return verifier.verify(token, clock.now()).has_value();
  }

  ManualClock clock;
  auth::TokenIssuer issuer{KeyRing{kKey}};
  auth::TokenVerifier verifier{KeyRing{kKey}};
};

TEST_F(Token, tells_whom_it_was_issued_for) {
  const auto token = issuer.issue({"session-1", 42}, clock.now(), clock.now() + hours(1));
  const auto identity = verifier.verify(token, clock.now());
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->session_id, "session-1");
  EXPECT_EQ(identity->user_id, 42);
}

TEST_F(Token, of_the_attack_tables_is_accepted_when_nothing_is_altered) {
  EXPECT_TRUE(accepts(sign(kHeader, kClaims, kKey)));
}

TEST_F(Token, holds_no_personal_data) {
  const auto token = issuer.issue({"s", 7}, clock.now(), clock.now() + seconds(100));
  EXPECT_EQ(token, sign(kHeader, kClaims, kKey));
}

TEST_F(Token, ends_with_its_exp) {
  const auto token = issuer.issue({"s", 7}, clock.now(), clock.now() + hours(1));
  clock.advance(hours(1) - seconds(1));
  EXPECT_TRUE(accepts(token));
  clock.advance(seconds(1));
  EXPECT_FALSE(accepts(token));
  EXPECT_TRUE(verifier.verify_even_if_expired(token, clock.now()));
}

TEST_F(Token, from_a_clock_up_to_30_seconds_ahead_is_accepted) {
  const auto at = [&](seconds ahead) {
    return issuer.issue({"s", 7}, clock.now() + ahead, clock.now() + hours(1));
  };
  EXPECT_TRUE(accepts(at(seconds(30))));
  EXPECT_FALSE(accepts(at(seconds(31))));
  EXPECT_FALSE(verifier.verify_even_if_expired(at(seconds(31)), clock.now()));
}

TEST_F(Token, of_every_key_in_the_ring_is_accepted_and_the_first_one_signs) {
  const auth::Key old = key("old", 2);
  const auto by_old =
      auth::TokenIssuer(KeyRing{old}).issue({"s", 7}, clock.now(), clock.now() + hours(1));
  const auth::TokenVerifier both(KeyRing{kKey, old});
  EXPECT_TRUE(both.verify(by_old, clock.now()));
  EXPECT_FALSE(accepts(by_old));
  const auto by_new =
      auth::TokenIssuer(KeyRing{kKey, old}).issue({"s", 7}, clock.now(), clock.now() + hours(1));
  EXPECT_TRUE(accepts(by_new));
}

TEST_F(Token, with_an_altered_header_is_refused) {
  const std::vector<std::string> headers{
      replaced(kHeader, "HS256", "none"),
      replaced(kHeader, "HS256", "None"),
      replaced(kHeader, "HS256", ""),
      replaced(kHeader, "HS256", "hs256"),
      replaced(kHeader, "HS256", "HS384"),
      replaced(kHeader, "HS256", "RS256"),
      replaced(kHeader, "HS256", "ES256"),
      replaced(kHeader, R"("HS256")", "null"),
      replaced(kHeader, R"("HS256")", R"(["HS256"])"),
      replaced(kHeader, R"("alg":"HS256",)", ""),
      replaced(kHeader, R"("alg":"HS256",)", R"("alg":"HS256","alg":"HS256",)"),
      replaced(kHeader, R"("alg":"HS256",)", R"("alg":"none","alg":"HS256",)"),
      replaced(kHeader, "session+jwt", "JWT"),
      replaced(kHeader, R"("typ":"session+jwt",)", ""),
      replaced(kHeader, R"("now")", R"("other")"),
      replaced(kHeader, R"("now")", R"("../../dev/null")"),
      replaced(kHeader, R"("now")", R"("now' or '1'='1")"),
      replaced(kHeader, R"("now")", R"("now\u0000")"),
      replaced(kHeader, R"("now")", "1"),
      replaced(kHeader, R"(,"kid":"now")", ""),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","crit":["exp"])"),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","jku":"https://evil.example/keys")"),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","x5u":"https://evil.example/keys")"),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","x5c":["MIIB"])"),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","jwk":{"kty":"oct","k":"AQEB"})"),
      replaced(kHeader, R"("kid":"now")", R"("kid":"now","cty":"JWT")"),
      kHeader + " x",
      "[]",
      "null",
      "",
  };
  for (const auto& header : headers)
    EXPECT_FALSE(accepts(sign(header, kClaims, kKey))) << header;
}

TEST_F(Token, with_altered_claims_is_refused) {
  const std::vector<std::string> claims{
      replaced(kClaims, R"("iss":"tms",)", ""),
      replaced(kClaims, R"("tms")", R"("other")"),
      replaced(kClaims, R"("tms")", "1"),
      replaced(kClaims, R"("aud":"tms-session",)", ""),
      replaced(kClaims, "tms-session", "tms-reset"),
      replaced(kClaims, R"("tms-session")", R"(["tms-session"])"),
      replaced(kClaims, R"("sub":"7",)", ""),
      replaced(kClaims, R"("7")", "7"),
      replaced(kClaims, R"("7")", R"("07")"),
      replaced(kClaims, R"("7")", R"("+7")"),
      replaced(kClaims, R"("7")", R"("-7")"),
      replaced(kClaims, R"("7")", R"("0")"),
      replaced(kClaims, R"("7")", R"("7 ")"),
      replaced(kClaims, R"("7")", R"("99999999999999999999")"),
      replaced(kClaims, R"("7")", R"("")"),
      replaced(kClaims, R"("sid":"s",)", ""),
      replaced(kClaims, R"("s",)", R"("",)"),
      replaced(kClaims, R"("s",)", "5,"),
      replaced(kClaims, R"("iat":1773307800,)", ""),
      replaced(kClaims, "1773307800", "1773307831"),
      replaced(kClaims, "1773307800", "-1"),
      replaced(kClaims, "1773307800", "1773307800.0"),
      replaced(kClaims, "1773307800", R"("1773307800")"),
      replaced(kClaims, R"(,"exp":1773307900)", ""),
      replaced(kClaims, "1773307900", "1773307800"),
      replaced(kClaims, "1773307900", "1773307000"),
      replaced(kClaims, "1773307900", "1e12"),
      replaced(kClaims, "1773307900", "99999999999999999999"),
      replaced(kClaims, "1773307900", "null"),
      replaced(kClaims, R"("exp":)", R"("exp":1,"exp":)"),
      replaced(kClaims, R"("exp":)", R"("nbf":1,"exp":)"),
      replaced(kClaims, R"("exp":)", R"("admin":true,"exp":)"),
      "{}",
      "[]",
      "",
  };
  for (const auto& each : claims)
    EXPECT_FALSE(accepts(sign(kHeader, each, kKey))) << each;
}

TEST_F(Token, with_an_altered_signature_is_refused) {
  const std::string good = sign(kHeader, kClaims, kKey);
  const auto dot = good.rfind('.');
  EXPECT_FALSE(accepts(good.substr(0, dot)));
  EXPECT_FALSE(accepts(good.substr(0, dot + 1)));
  EXPECT_FALSE(accepts(good.substr(0, good.size() - 1)));
  EXPECT_FALSE(accepts(sign(kHeader, kClaims, key("now", 9))));
  EXPECT_FALSE(accepts(sign(kHeader, kClaims, key("now", 0))));
  for (std::size_t i = dot + 1; i < good.size(); ++i) {
    std::string altered = good;
    altered[i] = altered[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(accepts(altered)) << i;
  }
}

TEST_F(Token, encoded_in_another_way_is_refused) {
  const std::string good = sign(kHeader, kClaims, kKey);
  // The last of 43 characters holds four bits that matter: the next one decodes alike if lax.
  std::string loose = good;
  loose.back() = static_cast<char>(loose.back() + 1);
  std::string standard = good;
  for (char& character : standard) {
    if (character == '-') character = '+';
    if (character == '_') character = '/';
  }
  for (const std::string& other :
       {loose, good + '=', good + '.', good + ' ', '.' + good, good + '\n', ' ' + good,
        replaced(good, ".", ".."), replaced(good, ".", "=."), good + '.' + good}) {
    EXPECT_FALSE(accepts(other)) << other;
  }
  ASSERT_NE(standard, good);
  EXPECT_FALSE(accepts(standard));
}

TEST_F(Token, that_is_none_at_all_is_refused) {
  for (const std::string& text : {std::string(), std::string("."), std::string(".."),
                                  std::string("..."), std::string("a.b.c"), std::string(5000, 'a'),
                                  std::string("\0.\0.\0", 5), std::string("\xff.\xff.\xff")}) {
    EXPECT_FALSE(accepts(text));
  }
}

}  // namespace
}  // namespace tms::tests
