#pragma once

#include <string_view>

namespace tms::hosts {

/// The version of the program, as in CMakeLists.txt.
std::string_view version();

}  // namespace tms::hosts
