#pragma once

#include <string>
#include <string_view>

#include "backend/aws/http_client.h"

namespace tms::lambda {

/// One call of the function.
struct Invocation {
  std::string request_id;
  /// Unix milliseconds.
  std::int64_t deadline_ms = 0;
  std::string trace_id;
  std::string event;
};

/// Client of the Lambda Runtime API (AWS documentation "Using the Lambda runtime API for custom
/// runtimes"). For one thread. Throws aws::HttpFailure when the API cannot be reached and
/// std::runtime_error when it answers what it must not.
class RuntimeClient {
 public:
  /// `address` is AWS_LAMBDA_RUNTIME_API, such as 127.0.0.1:9001.
  explicit RuntimeClient(std::string_view address);

  /// Waits, without limit, for the next call: the environment is frozen in here.
  Invocation next();

  /// The answer, JSON text. Everything that the call causes has ended before.
  void respond(const Invocation& invocation, std::string_view body);

  /// The call failed: API Gateway answers 502; an asynchronous call is tried again.
  void fail(const Invocation& invocation, std::string_view type, std::string_view message);

  /// The function cannot start; the process exits afterwards.
  void fail_init(std::string_view type, std::string_view message);

 private:
  void post(const std::string& path, std::string_view error_type, std::string_view body);

  aws::HttpClient client_;
};

}  // namespace tms::lambda
