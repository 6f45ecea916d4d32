#pragma once

#include <functional>
#include <utility>

#include "backend/http/handler.h"

namespace tms::tests {

/// A handler whose answer is a function of the test.
class LambdaHandler final : public http::Handler {
 public:
  using Function = std::function<http::Response(const http::Request&)>;
  explicit LambdaHandler(Function function) : function_(std::move(function)) {}
  [[nodiscard]] http::Response handle(const http::Request& request) const override {
    return function_(request);
  }
  /// Asked for by the test with a header.
  [[nodiscard]] bool may_hash(const http::Request& request) const override {
    return request.header("x-may-hash").has_value();
  }

 private:
  Function function_;
};

}  // namespace tms::tests
