#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "backend/auth/code_flows.h"
#include "backend/core/error.h"
#include "backend/http/response.h"

namespace tms::handlers {

/// 202 `{flow, expires_at, resend_at}`: the same for known and unknown addresses, and whether or
/// not a mail went out.
http::Response flow_started(const auth::CodeFlow& flow);

/// The id of a flow as it comes from a client: 16 to 64 of base64url. Other texts are 422, so that
/// none reaches the database.
std::variant<std::string, core::FieldError> check_flow_id(std::string_view text);

}  // namespace tms::handlers
