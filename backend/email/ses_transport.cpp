#include "backend/email/ses_transport.h"

#include <algorithm>
#include <array>

#include "backend/http/json_value.h"
#include "backend/http/json_writer.h"

namespace tms::email {
namespace {

constexpr std::chrono::seconds kSendTime{15};
constexpr std::string_view kPath = "/v2/email/outbound-emails";

// SendEmail's errors in the SES v2 API model that no later try can mend for this mail.
constexpr std::array<std::string_view, 7> kPermanent{
    "MessageRejected",        "MailFromDomainNotVerifiedException",
    "SendingPausedException", "AccountSuspendedException",
    "LimitExceededException", "BadRequestException",
    "NotFoundException"};

void member_text(http::JsonWriter& json, std::string_view name, std::string_view text) {
  json.key(name);
  json.begin_object();
  json.member("Data", text);
  json.member("Charset", "UTF-8");
  json.end_object();
}

std::string message_id(const std::string& body) {
  const auto document = http::parse_json(body);
  const http::JsonValue* id = document ? document->find("MessageId") : nullptr;
  return id != nullptr && id->as_string() != nullptr ? *id->as_string() : std::string();
}

SendResult classify(const aws::HttpResponse& response) {
  if (response.status == 200)
    return {SendResult::Outcome::sent, "SES message " + message_id(response.body)};
  const std::string error = aws::error_type(response);
  const std::string detail = "SES " + std::to_string(response.status) + " " + error;
  const bool permanent = std::find(kPermanent.begin(), kPermanent.end(), error) != kPermanent.end();
  return {permanent ? SendResult::Outcome::permanent : SendResult::Outcome::temporary, detail};
}

}  // namespace

SendResult SesTransport::send(const Message& message) {
  try {
    return classify(service_.post(kPath, {{"content-type", "application/json"}},
                                  request_body(message),
                                  std::chrono::steady_clock::now() + kSendTime));
  } catch (const aws::HttpFailure& failure) {
    return {SendResult::Outcome::temporary,
            std::string("SES cannot be reached: ") + failure.what()};
  }
}

std::string SesTransport::request_body(const Message& message) const {
  http::JsonWriter json;
  json.begin_object();
  json.member("FromEmailAddress", render_sender(settings_.sender));
  json.key("Destination");
  json.begin_object();
  json.key("ToAddresses");
  json.begin_array();
  json.string(message.recipient);
  json.end_array();
  json.end_object();
  if (!settings_.configuration_set.empty())
    json.member("ConfigurationSetName", settings_.configuration_set);
  json.key("Content");
  json.begin_object();
  json.key("Simple");
  json.begin_object();
  member_text(json, "Subject", message.subject);
  json.key("Body");
  json.begin_object();
  member_text(json, "Text", message.text);
  member_text(json, "Html", message.html);
  json.end_object();
  json.end_object();
  json.end_object();
  json.end_object();
  return std::move(json).take();
}

}  // namespace tms::email
