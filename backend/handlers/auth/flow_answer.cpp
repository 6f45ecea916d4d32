#include "backend/handlers/auth/flow_answer.h"

#include <algorithm>

#include "backend/http/json_writer.h"
#include "backend/validators/ascii.h"

namespace tms::handlers {
namespace {

constexpr std::size_t kMinFlowId = 16;
constexpr std::size_t kMaxFlowId = 64;

bool is_base64url(char character) {
  return validators::is_ascii_letter_or_digit(character) || character == '-' || character == '_';
}

}  // namespace

http::Response flow_started(const auth::CodeFlow& flow) {
  http::JsonWriter json;
  json.begin_object();
  json.member("flow", flow.flow);
  json.member("expires_at", flow.expires_at);
  json.member("resend_at", flow.next_send_at);
  json.end_object();
  return http::Response::json(202, std::move(json).take());
}

std::variant<std::string, core::FieldError> check_flow_id(std::string_view text) {
  if (text.size() < kMinFlowId || text.size() > kMaxFlowId ||
      !std::all_of(text.begin(), text.end(), is_base64url)) {
    return core::FieldError{"flow", "invalid", "This is no id of a sign-up or reset."};
  }
  return std::string(text);
}

}  // namespace tms::handlers
