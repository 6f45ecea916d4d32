#include "backend/hosts/app/audit_log.h"

#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "backend/core/encoding.h"
#include "backend/core/hmac.h"
#include "backend/http/json_value.h"
#include "backend/validators/text.h"

namespace tms::hosts {
namespace {

/// What a status of an action means.
struct Meaning {
  std::string_view action;
  int status;
  std::string_view name;
};

constexpr std::array kMeanings{
    Meaning{"signup", 202, "signup_begun"},
    Meaning{"signup", 409, "signup_refused"},
    Meaning{"verify_otp", 200, "signup_confirmed"},
    Meaning{"verify_otp", 409, "signup_refused"},
    Meaning{"verify_otp", 410, "code_refused"},
    Meaning{"verify_otp", 422, "code_refused"},
    Meaning{"resend_otp", 202, "code_requested"},
    Meaning{"resend_otp", 410, "code_refused"},
    Meaning{"forgot_password", 202, "code_requested"},
    Meaning{"reset_password", 204, "password_reset"},
    Meaning{"reset_password", 410, "code_refused"},
    Meaning{"reset_password", 422, "code_refused"},
    Meaning{"login", 200, "login"},
    Meaning{"login", 401, "login_refused"},
    Meaning{"logout", 204, "logout"},
    Meaning{"change_password", 204, "password_changed"},
    Meaning{"change_password", 401, "password_change_refused"},
    Meaning{"change_password", 403, "password_change_refused"},
    Meaning{"change_password", 422, "password_change_refused"},
    Meaning{"end_session", 204, "session_revoked"},
    Meaning{"end_all_sessions", 204, "all_sessions_revoked"},
    // Somebody else's, or not there: to the caller, and so to us, the same.
    Meaning{"end_session", 404, "access_refused"},
    Meaning{"create_task", 409, "access_refused"},
    Meaning{"get_task", 404, "access_refused"},
    Meaning{"update_task", 404, "access_refused"},
    Meaning{"delete_task", 404, "access_refused"},
    Meaning{"restore_task", 404, "access_refused"},
};

std::string_view name_of(const http::Route* route,
                         const http::Request& request,
                         const http::Response& response,
                         std::string_view code) {
  if (response.status == 429) return "throttled";
  if (route == nullptr) return {};
  const auto found = std::find_if(kMeanings.begin(), kMeanings.end(), [&](const Meaning& meaning) {
    return meaning.action == route->action && meaning.status == response.status;
  });
  // A field that is simply wrong is no attempt at anything.
  if (code == "validation_failed") return {};
  if (code == "not_signed_in") return request.identity ? "session_refused" : std::string_view{};
  if (found != kMeanings.end()) return found->name;
  return response.status == 403 ? "access_refused" : std::string_view{};
}

std::string text_of(const std::optional<http::JsonValue>& json, std::string_view name) {
  const http::JsonValue* member = json ? json->find(name) : nullptr;
  return member != nullptr && member->as_string() != nullptr ? *member->as_string() : std::string();
}

std::optional<http::JsonValue> parse(std::string_view text) {
  if (text.empty()) return std::nullopt;
  auto json = http::parse_json(text);
  if (!json) return std::nullopt;
  return std::move(*json);
}

std::int64_t user_of(const http::Request& request, const std::optional<http::JsonValue>& answer) {
  if (const auto* user = answer ? answer->find("user") : nullptr) {
    const auto* id = user->find("user_id");
    if (id != nullptr && id->as_integer() != nullptr) return *id->as_integer();
  }
  return request.identity ? request.identity->user_id : 0;
}

// Calls that are about somebody who is not signed in say who in their body.
bool names_somebody(const http::Route* route) {
  return route != nullptr && (route->access == http::Access::anyone);
}

}  // namespace

void AuditLog::note(const http::Route* route,
                    const http::Request& request,
                    const http::Response& response) const noexcept {
  try {
    const bool is_refusal = response.status >= 400;
    // Of reading that went well there is nothing to tell, and much of it.
    if (!is_refusal && (route == nullptr || route->effect == http::Effect::reads)) return;
    const bool matters = is_refusal || names_somebody(route);
    const auto answer = matters ? parse(response.body) : std::nullopt;
    const std::string code = is_refusal ? text_of(answer, "code") : std::string();
    const std::string_view name = name_of(route, request, response, code);
    if (name.empty()) return;

    const auto asked = names_somebody(route) ? parse(request.body) : std::nullopt;
    std::string typed = text_of(asked, "email");
    if (typed.empty()) typed = text_of(asked, "username");
    std::string flow = text_of(asked, "flow");
    if (flow.empty()) flow = text_of(answer, "flow");
    const std::string subject = pseudonym(validators::casefold(typed));
    const std::string flow_name = pseudonym(flow);
    log_.write(is_refusal ? LogLevel::warn : LogLevel::info, kAuditEvent,
               {{"name", name},
                {"request_id", std::string_view(request.request_id)},
                {"client", std::string_view(request.client_address)},
                {"user_id", user_of(request, answer)},
                {"subject", std::string_view(subject)},
                {"flow", std::string_view(flow_name)},
                {"action", route != nullptr ? route->action : std::string_view()},
                {"reason", std::string_view(code)}});
  } catch (...) {
    // No memory, most likely; the request has its answer.
    return;
  }
}

std::string AuditLog::pseudonym(std::string_view text) const {
  if (text.empty() || key_.empty()) return {};
  const core::Digest digest = core::hmac_sha256(key_, core::as_bytes(text));
  return core::hex_encode(std::span(digest).first(8));
}

}  // namespace tms::hosts
