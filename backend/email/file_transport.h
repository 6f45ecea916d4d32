#pragma once

#include <filesystem>

#include "backend/email/mime.h"
#include "backend/email/transport.h"

namespace tms::email {

/// Writes each mail as one .eml file, named so that a listing is in the order of sending. For
/// trying out: whoever reads the folder reads the codes.
class FileTransport final : public Transport {
 public:
  /// Makes the folder with mode 0700 when it is missing; throws std::filesystem::filesystem_error.
  FileTransport(std::filesystem::path folder, Sender sender);

  /// The file is there whole or not at all, and is flushed to disk before this returns.
  SendResult send(const Message& message) override;

 private:
  std::filesystem::path next_name(const std::string& message_id) const;

  std::filesystem::path folder_;
  Sender sender_;
};

}  // namespace tms::email
