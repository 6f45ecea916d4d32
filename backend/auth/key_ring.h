#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace tms::auth {

/// What a key is for. Each purpose has its own key, derived from the secret (HKDF-SHA-256), so that
/// what leaks of one tells nothing of another.
enum class KeyPurpose { password_pepper, one_time_codes, session_tokens, known_devices };

/// A key for one purpose, with the id of the secret that it comes from.
struct Key {
  std::string id;
  std::array<std::uint8_t, 32> bytes{};
};

/// The keys of one purpose, newest first, never empty: the first makes, all of them check.
using KeyRing = std::vector<Key>;

}  // namespace tms::auth
