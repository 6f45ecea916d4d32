#pragma once

#include "backend/aws/credentials.h"
#include "backend/hosts/app/environment.h"

namespace tms::lambda {

/// The life of one Lambda environment: makes the function that `_HANDLER` names, then answers one call
/// after the other for ever. Returns, with the exit code of the process, only when the function
/// cannot start or the Runtime API is gone.
int run_bootstrap(const hosts::Environment& environment, aws::CredentialsSource credentials);

}  // namespace tms::lambda
