#include "backend/hosts/lambda/bootstrap.h"

#include <cstdlib>
#include <exception>
#include <variant>

#include "backend/hosts/app/json_log.h"
#include "backend/hosts/lambda/function.h"
#include "backend/hosts/lambda/http_function.h"
#include "backend/hosts/lambda/send_mail_function.h"

namespace tms::lambda {
namespace {

constexpr int kFailed = 1;

std::string text_of(const hosts::Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  return found == environment.end() ? std::string() : found->second;
}

struct Failure {
  std::string type;
  std::string message;
};

// What a function throws is a failure of the call, not of the process: the next one may do well.
std::variant<std::string, Failure> call(Function& function, const Invocation& invocation) {
  try {
    return function.handle(invocation);
  } catch (const UnknownEvent& error) {
    return Failure{"Function.UnknownEvent", error.what()};
  } catch (const TryMailAgain& error) {
    return Failure{"Function.TryMailAgain", error.what()};
  } catch (const std::exception& error) {
    return Failure{"Function.Failed", error.what()};
  }
}

void answer(RuntimeClient& runtime,
            Function& function,
            const Invocation& invocation,
            hosts::EventLog& log) {
  const auto outcome = call(function, invocation);
  if (const auto* reply = std::get_if<std::string>(&outcome)) {
    runtime.respond(invocation, *reply);
    return;
  }
  const auto& failure = std::get<Failure>(outcome);
  log.write(hosts::LogLevel::error, "call failed",
            {{"aws_request_id", std::string_view(invocation.request_id)},
             {"reason", std::string_view(failure.message)}});
  runtime.fail(invocation, failure.type, failure.message);
}

core::Result<std::unique_ptr<Function>> start(const FunctionContext& context) {
  try {
    return make_function(context);
  } catch (const std::exception& error) {
    core::Error failed;
    failed.log.value = error.what();
    return failed;
  }
}

}  // namespace

int run_bootstrap(const hosts::Environment& environment, aws::CredentialsSource credentials) {
  hosts::JsonLog log(hosts::LogLevel::info);
  try {
    RuntimeClient runtime(text_of(environment, "AWS_LAMBDA_RUNTIME_API"));
    const auto fail_init = [&](const core::Error& error) {
      log.write(hosts::LogLevel::error, "cannot start",
                {{"reason", std::string_view(error.log.value)}});
      runtime.fail_init("Runtime.CannotStart", error.log.value);
      return kFailed;
    };
    const auto settings = read_function_settings(environment);
    if (!settings) return fail_init(settings.error());
    const core::SystemClock clock;
    core::SystemRandom random;
    const auto function = start({*settings, std::move(credentials), clock, random, log});
    if (!function) return fail_init(function.error());
    for (;;) {
      const Invocation invocation = runtime.next();
      // X-Ray's convention for runtimes. NOLINTNEXTLINE(concurrency-mt-unsafe): one thread
      ::setenv("_X_AMZN_TRACE_ID", invocation.trace_id.c_str(), 1);
      answer(runtime, **function, invocation, log);
      (*function)->rest();
    }
  } catch (const std::exception& error) {
    log.write(hosts::LogLevel::error, "the Runtime API is gone",
              {{"reason", std::string_view(error.what())}});
    return kFailed;
  }
}

}  // namespace tms::lambda
