#pragma once

#include <string>

#include "backend/email/message.h"

namespace tms::email {

/// What became of one try. `temporary` may work later, `permanent` never will (the address is
/// refused); `detail` is for the log and holds neither code nor body.
struct SendResult {
  enum class Outcome { sent, temporary, permanent };
  Outcome outcome = Outcome::sent;
  std::string detail;
};

/// A way for mails to leave. Used by one thread at a time; returns within a minute.
class Transport {
 public:
  virtual ~Transport() = default;
  virtual SendResult send(const Message& message) = 0;
};

}  // namespace tms::email
