// Lambda events: what is accepted is a request as the server would have read it.

#include "backend/fuzz/fuzz.h"
#include "backend/hosts/lambda/event.h"
#include "backend/http/json_value.h"

int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto event = tms::http::parse_json(tms::fuzz::as_text(data, size));
  if (!event) return 0;
  const auto request = tms::lambda::decode_event(*event);
  if (!request) return 0;
  tms::fuzz::require(request->path.starts_with('/'));
  for (const auto& [name, value] : request->headers)
    tms::fuzz::require(name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ") == std::string::npos);
  return 0;
}
