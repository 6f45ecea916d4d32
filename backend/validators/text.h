#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tms::validators {

/// The number of code points of valid UTF-8.
std::size_t count_code_points(std::string_view text);

/// Without the white space at both ends that JavaScript's String.prototype.trim removes
/// (ECMA-262, WhiteSpace and LineTerminator), so that page and server agree. `text` is valid UTF-8.
std::string_view trim(std::string_view text);

/// Unicode's NFKC_Casefold: what is compared and searched. `text` is valid UTF-8.
std::string casefold(std::string_view text);

/// Unicode's NFKC, case kept: two ways of typing one password are one password.
std::string normalize_nfkc(std::string_view text);

/// Which control characters a text may hold.
enum class Controls { none, line_feed_and_tab };

/// Whether `text` holds NUL, another C0 control, DEL or a C1 control beyond what is allowed
/// (ASVS 1.1.1; PostgreSQL cannot store NUL). `text` is valid UTF-8.
bool has_forbidden_control(std::string_view text, Controls allowed);

}  // namespace tms::validators
