#pragma once

#include <string>

#include "backend/http/response.h"

namespace tms::lambda {

/// The answer of a REST proxy integration. Every header stands in multiValueHeaders, because API
/// Gateway merges `headers` with it and doubles what stands in both; that is also how several
/// cookies travel.
std::string encode_reply(const http::Response& response);

}  // namespace tms::lambda
