#include "backend/core/packed_text.h"

#include <lz4.h>
#include <lz4hc.h>

#include <stdexcept>
#include <utility>

namespace tms::core {
namespace {

// A tenth smaller than LZ4's quick way, in 42 in place of 8 µs for 17 KB; what takes longer gains 1 %.
constexpr int kLevel = LZ4HC_CLEVEL_MIN;

}  // namespace

PackedText::PackedText(std::string_view text) : size_(text.size()) {
  if (size_ > LZ4_MAX_INPUT_SIZE) throw std::length_error("a text is too long to be packed");
  std::string room(static_cast<std::size_t>(LZ4_compressBound(static_cast<int>(size_))), '\0');
  const int packed = LZ4_compress_HC(text.data(), room.data(), static_cast<int>(text.size()),
                                     static_cast<int>(room.size()), kLevel);
  // In memory of its own size: the room for the worst case would stay otherwise.
  packed_ = std::string(room.data(), static_cast<std::size_t>(packed));
}

std::string PackedText::unpack() const {
  std::string text(size_, '\0');
  const int size = LZ4_decompress_safe(packed_.data(), text.data(),
                                       static_cast<int>(packed_.size()), static_cast<int>(size_));
  if (std::cmp_not_equal(size, size_)) throw std::logic_error("a packed text is damaged");
  return text;
}

}  // namespace tms::core
