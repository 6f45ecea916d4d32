// UUIDs and base64: one value has one text, so what is accepted is written back the same.

#include "backend/core/encoding.h"
#include "backend/core/uuid.h"
#include "backend/fuzz/fuzz.h"
#include "backend/validators/ascii.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using tms::fuzz::require;
  const auto text = tms::fuzz::as_text(data, size);
  if (const auto uuid = tms::core::Uuid::parse(text)) {
    require(uuid->to_string() == tms::validators::ascii_lower_case(text));
  }
  if (const auto bytes = tms::core::base64url_decode(text)) {
    require(tms::core::base64url_encode(*bytes) == text);
  }
  if (const auto bytes = tms::core::base64_decode(text)) {
    require(tms::core::base64_encode(*bytes) == text);
  }
  return 0;
}
