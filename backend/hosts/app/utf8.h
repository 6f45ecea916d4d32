#pragma once

#include <cstddef>
#include <string_view>

namespace tms::hosts {

/// Bytes of the well-formed UTF-8 character that `text` starts with (Unicode, table 3-7: no
/// overlong forms, no surrogates, nothing above U+10FFFF); 0 when there is none.
std::size_t utf8_character_length(std::string_view text);

bool is_valid_utf8(std::string_view text);

}  // namespace tms::hosts
