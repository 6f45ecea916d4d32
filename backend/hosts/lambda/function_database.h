#pragma once

#include <memory>

#include "backend/db/managed_database.h"
#include "backend/hosts/lambda/function.h"

namespace tms::lambda {

/// The database of a function: one connection, opened by the first call that needs it, with an IAM
/// login token made for each attempt. A cluster that sleeps is waited for, up to 8 s, then
/// Unavailable(waking). `user` replaces the function's own, when it is not empty (migrate). Throws
/// std::runtime_error when the settings name no database.
std::unique_ptr<db::ManagedDatabase> make_function_database(const FunctionContext& context,
                                                            const std::string& user = "");

}  // namespace tms::lambda
