#include "backend/auth/password_hasher.h"

#include <crypt.h>
#include <openssl/crypto.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <memory>
#include <stdexcept>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/validators/text.h"

namespace tms::auth {
namespace {

constexpr const char* kPrefix = "$2b$";
constexpr std::size_t kSaltBytes = 16;
constexpr std::size_t kHashLength = 60;
/// What follows the 29 characters of prefix, cost and salt.
constexpr std::size_t kDigestLength = 31;

/// 32 KB of state that holds the password; wiped when done with.
class CryptState {
 public:
  ~CryptState() { OPENSSL_cleanse(data_.get(), sizeof(crypt_data)); }
  CryptState() = default;
  CryptState(const CryptState&) = delete;
  CryptState& operator=(const CryptState&) = delete;

  /// Empty when `setting` is no setting of bcrypt.
  std::string run(const std::string& phrase, const std::string& setting) {
    const char* made = crypt_r(phrase.c_str(), setting.c_str(), data_.get());
    if (made == nullptr || made[0] == '*') return {};
    return made;
  }

 private:
  std::unique_ptr<crypt_data> data_ = std::make_unique<crypt_data>();
};

std::string make_setting(int cost, core::Random& random) {
  std::array<std::uint8_t, kSaltBytes> salt{};
  random.fill(salt);
  std::array<char, CRYPT_GENSALT_OUTPUT_SIZE> setting{};
  const char* made = crypt_gensalt_rn(
      kPrefix, static_cast<unsigned long>(cost), reinterpret_cast<const char*>(salt.data()),
      static_cast<int>(salt.size()), setting.data(), static_cast<int>(setting.size()));
  if (made == nullptr) throw std::runtime_error("libcrypt cannot make a bcrypt salt");
  return made;
}

/// 44 characters: below bcrypt's 72 and without a NUL, whatever the password.
std::string pre_hash(const Key& key, std::string_view password) {
  std::string normal = validators::normalize_nfkc(password);
  const core::Digest digest = core::hmac_sha256(key.bytes, core::as_bytes(normal));
  OPENSSL_cleanse(normal.data(), normal.size());
  return core::base64_encode(digest);
}

int cost_of(std::string_view bcrypt) {
  int cost = 0;
  if (bcrypt.size() == kHashLength) std::from_chars(bcrypt.data() + 4, bcrypt.data() + 6, cost);
  return cost;
}

bool equal(std::string_view one, std::string_view other) {
  return one.size() == other.size() && CRYPTO_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace

PasswordHasher::PasswordHasher(KeyRing pepper, Settings settings, core::Random& random)
    : pepper_(std::move(pepper)),
      settings_(settings),
      random_(random),
      // Only its cost and salt count: what is compared with it never matches.
      dummy_(make_setting(settings.cost, random) + std::string(kDigestLength, '.')),
      gate_(std::max<std::size_t>(settings.at_once, 1)) {
  if (pepper_.empty()) throw std::invalid_argument("passwords need a pepper");
}

std::string PasswordHasher::hash(std::string_view password, core::Deadline deadline) const {
  const std::string phrase = pre_hash(pepper_.front(), password);
  const std::string setting = make_setting(settings_.cost, random_);
  const HashGate::Pass pass(gate_, deadline);
  const std::string made = CryptState().run(phrase, setting);
  if (made.size() != kHashLength) throw std::runtime_error("libcrypt cannot make a bcrypt hash");
  return pepper_.front().id + ':' + made;
}

PasswordHasher::Verdict PasswordHasher::verify(std::string_view password,
                                               const std::optional<std::string>& stored,
                                               core::Deadline deadline) const {
  const std::string_view text = stored ? std::string_view(*stored) : std::string_view();
  const auto colon = text.find(':');
  const std::string_view key_id = text.substr(0, colon);
  const std::string_view bcrypt =
      colon == std::string_view::npos ? std::string_view() : text.substr(colon + 1);
  const auto key = std::find_if(pepper_.begin(), pepper_.end(),
                                [&](const Key& candidate) { return candidate.id == key_id; });
  const bool known = key != pepper_.end() && cost_of(bcrypt) != 0;

  const std::string phrase = pre_hash(known ? *key : pepper_.front(), password);
  const std::string expected = known ? std::string(bcrypt) : dummy_;
  const HashGate::Pass pass(gate_, deadline);
  const bool matches = equal(CryptState().run(phrase, expected), expected) && known;
  const bool old = key != pepper_.begin() || cost_of(bcrypt) < settings_.cost;
  return {matches, matches && old};
}

}  // namespace tms::auth
