#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tms::core {

/// The bytes of a text, for functions that take bytes.
std::span<const std::uint8_t> as_bytes(std::string_view text);

/// Lower-case hexadecimal.
std::string hex_encode(std::span<const std::uint8_t> bytes);

/// base64url without padding (RFC 4648 section 5).
std::string base64url_encode(std::span<const std::uint8_t> bytes);

/// Accepts only the canonical form: no padding, no white space, unused bits zero, so that one
/// value has one text. Returns nothing for anything else.
std::optional<std::vector<std::uint8_t>> base64url_decode(std::string_view text);

/// base64 with padding (RFC 4648 section 4).
std::string base64_encode(std::span<const std::uint8_t> bytes);

/// Accepts only canonical padded base64.
std::optional<std::vector<std::uint8_t>> base64_decode(std::string_view text);

}  // namespace tms::core
