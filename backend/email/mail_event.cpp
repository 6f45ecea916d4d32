#include "backend/email/mail_event.h"

#include "backend/http/json_writer.h"

namespace tms::email {
namespace {

const std::string* text_of(const http::JsonValue& event, std::string_view name) {
  const http::JsonValue* value = event.find(name);
  return value == nullptr ? nullptr : value->as_string();
}

const std::int64_t* integer_of(const http::JsonValue& event, std::string_view name) {
  const http::JsonValue* value = event.find(name);
  return value == nullptr ? nullptr : value->as_integer();
}

}  // namespace

std::string encode_mail_event(const MailJob& job) {
  http::JsonWriter json;
  json.begin_object();
  json.member("kind", to_string(job.kind));
  json.member("flow", job.flow);
  json.member("generation", job.generation);
  json.member("recipient", job.recipient);
  json.member("username", job.username);
  json.member("expires_at", core::to_micros(job.expires_at));
  json.end_object();
  return std::move(json).take();
}

core::Result<MailJob> decode_mail_event(const http::JsonValue& event) {
  const std::string* kind = text_of(event, "kind");
  const std::string* flow = text_of(event, "flow");
  const std::string* recipient = text_of(event, "recipient");
  const std::string* username = text_of(event, "username");
  const std::int64_t* generation = integer_of(event, "generation");
  const std::int64_t* expires_at = integer_of(event, "expires_at");
  const auto known = kind == nullptr ? std::nullopt : parse_mail_kind(*kind);
  if (!known || flow == nullptr || recipient == nullptr || username == nullptr ||
      generation == nullptr || expires_at == nullptr) {
    core::Error error;
    error.code = core::ErrorCode::malformed_request;
    error.log.value = "no mail event";
    return error;
  }
  return MailJob{*known, *flow, *generation, *recipient, *username, core::from_micros(*expires_at)};
}

}  // namespace tms::email
