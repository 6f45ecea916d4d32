#pragma once

#include <memory>

#include "backend/aws/credentials.h"
#include "backend/core/clock.h"
#include "backend/core/random.h"
#include "backend/core/result.h"
#include "backend/hosts/app/event_log.h"
#include "backend/hosts/lambda/function_settings.h"
#include "backend/hosts/lambda/runtime_client.h"

namespace tms::lambda {

/// One Lambda function: an action of the route table, send_mail, or migrate.
class Function {
 public:
  virtual ~Function() = default;

  /// The reply as JSON text. Throws what makes the call a failure of the function.
  virtual std::string handle(const Invocation& invocation) = 0;

  /// Work for which nobody waits: called when the reply to a call was delivered, before the next one is
  /// asked for. Must not throw.
  virtual void rest() {}
};

/// What every function is made from; all of it outlives the function.
struct FunctionContext {
  const FunctionSettings& settings;
  aws::CredentialsSource credentials;
  const core::Clock& clock;
  core::Random& random;
  hosts::EventLog& log;
};

/// Makes the function that `settings.action` names and reads the keys it needs from SSM. Connects to
/// no database: a paused one needs 15 s to wake, and init has 10. The error's log text says what is
/// missing.
core::Result<std::unique_ptr<Function>> make_function(const FunctionContext& context);

}  // namespace tms::lambda
