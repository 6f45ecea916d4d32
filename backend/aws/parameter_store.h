#pragma once

#include <map>
#include <string>
#include <vector>

#include "backend/aws/service_client.h"

namespace tms::aws {

/// Reads SecureStrings from the SSM Parameter Store, decrypted. At most 10 names, one call. Throws
/// HttpFailure, or std::runtime_error when a name is missing or the call is refused (the text names
/// parameters, never values).
std::map<std::string, std::string> read_parameters(ServiceClient& ssm,
                                                   const std::vector<std::string>& names,
                                                   core::Deadline deadline);

}  // namespace tms::aws
