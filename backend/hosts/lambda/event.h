#pragma once

#include <string>
#include <string_view>

#include "backend/core/result.h"
#include "backend/http/json_value.h"
#include "backend/http/request.h"

namespace tms::lambda {

/// Decodes a REST proxy event (format 1.0 of API Gateway, AWS documentation "Lambda proxy
/// integrations") into a request. Everything else, format 2.0 included, is ErrorCode::internal: somebody
/// wired the function wrongly. A path that cannot be decoded is the client's fault: malformed_request.
///
/// Path: without stage and /api. Query: the decoded values, repeated names kept. Headers: names in
/// lower case. Client address: the second-last entry of X-Forwarded-For, because the last one and
/// the event's own source address are CloudFront's; without two entries the source address. Host:
/// x-tms-host, which CloudFront writes, else Host. Deadline and request id are the caller's work.
core::Result<http::Request> decode_event(const http::JsonValue& event);

}  // namespace tms::lambda
