#pragma once

#include "backend/hosts/lambda/function.h"
#include "backend/hosts/lambda/function_keys.h"

namespace tms::lambda {

/// A function for one row of the route table. Tokens are checked with the public key before anything
/// connects; keys that the action needs and the function may not read are an error here, at init.
core::Result<std::unique_ptr<Function>> make_action_function(const FunctionContext& context,
                                                             const FunctionKeys& keys);

}  // namespace tms::lambda
