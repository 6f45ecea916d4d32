#pragma once

#include <memory>
#include <string>

#include "backend/http/response.h"

namespace tms::hosts {

/// A response on its way out. A page file's bytes are shared instead of copied; then the
/// response's own body is empty.
struct Answer {
  http::Response response;
  std::shared_ptr<const std::string> file = nullptr;

  [[nodiscard]] const std::string& body() const { return file ? *file : response.body; }
};

}  // namespace tms::hosts
