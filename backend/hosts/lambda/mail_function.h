#pragma once

#include "backend/hosts/lambda/function.h"
#include "backend/hosts/lambda/function_keys.h"

namespace tms::lambda {

/// The function send_mail with SES behind it. Needs the code key, TMS_MAIL_FROM and the right to
/// send; has no database.
core::Result<std::unique_ptr<Function>> make_mail_function(const FunctionContext& context,
                                                           const FunctionKeys& keys);

}  // namespace tms::lambda
