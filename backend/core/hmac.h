#pragma once

#include <array>
#include <cstdint>
#include <span>

namespace tms::core {

using Digest = std::array<std::uint8_t, 32>;

/// HMAC-SHA-256 (RFC 2104). Throws std::runtime_error when OpenSSL fails.
Digest hmac_sha256(std::span<const std::uint8_t> key, std::span<const std::uint8_t> message);

}  // namespace tms::core
