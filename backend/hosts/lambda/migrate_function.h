#pragma once

#include "backend/hosts/lambda/function.h"
#include "backend/hosts/lambda/function_keys.h"

namespace tms::lambda {

/// The function migrate, called by the deployment: makes the two database roles where they are
/// missing (as TMS_DATABASE_OWNER), brings the schema up to date (as TMS_DATABASE_USER, which has
/// DDL), lets the application's role at the tables, and ties the database to the keys. Waits for a
/// sleeping cluster. The reply is {"version": n, "applied": [names]}.
core::Result<std::unique_ptr<Function>> make_migrate_function(const FunctionContext& context,
                                                              const FunctionKeys& keys);

}  // namespace tms::lambda
