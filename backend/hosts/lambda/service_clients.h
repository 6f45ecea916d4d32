#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "backend/aws/service_client.h"
#include "backend/hosts/lambda/function.h"

namespace tms::lambda {

/// A client that signs for `service` (ssm, lambda, ses) in the function's region. Throws
/// std::runtime_error when the endpoint is no address.
std::unique_ptr<aws::ServiceClient> make_service_client(const FunctionContext& context,
                                                        std::string_view service,
                                                        const std::string& endpoint);

}  // namespace tms::lambda
