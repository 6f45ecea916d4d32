#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

/// What libFuzzer calls with every input that it makes up.
extern "C" int LLVMFuzzerTestOneInput(
    const std::uint8_t* data,
    std::size_t size);  // NOLINT(readability-identifier-naming): libFuzzer's name

namespace tms::fuzz {

inline std::string_view as_text(const std::uint8_t* data, std::size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

/// A property that must hold for every input; libFuzzer keeps the input that breaks it.
inline void require(bool holds) {
  if (!holds) std::abort();
}

}  // namespace tms::fuzz
